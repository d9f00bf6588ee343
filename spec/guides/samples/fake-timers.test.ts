import { OnePay } from "onepay-client";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.useRealTimers();
});

test("retries after the delay of a 503", async () => {
  vi.useFakeTimers();
  const fetch = vi
    .fn()
    .mockResolvedValueOnce(
      new Response(null, {
        status: 503,
        headers: { "retry-after": "20" },
      }),
    )
    .mockResolvedValueOnce(
      Response.json({ id: "abc" }),
    );
  const onepay = new OnePay({
    apiKey: "sk_test_xxx",
    fetch,
  });

  const call = onepay.customers.get("abc");
  await vi.advanceTimersByTimeAsync(19_000);
  expect(fetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);

  expect((await call).id).toBe("abc");
});
