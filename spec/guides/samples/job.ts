import { OnePay, OnePayError } from "onepay-client";

const onepay = new OnePay();

interface Job {
  customerId: string;
  amount: number;
  /** Created with the job, and never changed. */
  idempotencyKey: string;
  status: "queued" | "done" | "failed" | "check";
  runAt: number;
  /** JSON, such as a column of a table. */
  lastError?: string;
}

async function run(job: Job): Promise<void> {
  try {
    await onepay.customers.topUp(
      job.customerId,
      { amount: job.amount, concept: "Bono" },
      { idempotencyKey: job.idempotencyKey },
    );
    job.status = "done";
  } catch (error) {
    if (!(error instanceof OnePayError)) throw error;
    job.lastError = JSON.stringify(error);
    if (error.retryable) {
      // The same request, later, with the same key.
      const delay = error.retryAfter ?? 60_000;
      job.runAt = Date.now() + delay;
    } else {
      // Somebody must look at it. If the outcome is
      // unknown, the money may have moved.
      job.status =
        error.outcome === "unknown"
          ? "check"
          : "failed";
    }
  }
}

const job: Job = {
  customerId: "00000000-0000-4000-8000-000000000101",
  amount: 50_000,
  idempotencyKey: "welcome-bonus:user-42",
  status: "queued",
  runAt: Date.now(),
};
await run(job);
console.log(job.status);

// Later, perhaps in another process:
if (job.lastError) {
  const error = OnePayError.fromJSON(
    JSON.parse(job.lastError),
  );
  console.log(error.name, error.outcome);
}
