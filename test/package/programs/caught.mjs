/** Returns the error of a call that must fail. */
export const caught = (call) =>
  call.then(
    () => new Error("The call succeeded."),
    (error) => error,
  );
