import { driftCheck } from "../../src/drift/index.js";
import { OnePay } from "../../src/index.js";
import type { OnePayEvent } from "../../src/types.js";
import { apiKey } from "../client/server.js";

/** A client whose calls all get one response. Its drift events, additional fields included, go to `onDrift`. */
export const checkedClient = (status: number, body: unknown, onDrift: (event: OnePayEvent) => void): OnePay =>
  new OnePay({
    apiKey,
    maxRetries: 0,
    fetch: async () => Response.json(body, { status }),
    responseCheck: driftCheck({ additional: true }),
    // Error events show the code of OnePay's errors on purpose.
    onEvent: (event) => {
      if (event.type === "drift") onDrift(event);
    },
  });
