import { createEmulator } from "onepay-client/emulator";

// Each test file has its own.
export const emulator = createEmulator();

// Every client of the code under test uses it.
process.env.ONEPAY_API_KEY = "sk_test_emulator";
globalThis.fetch = emulator.fetch as typeof fetch;
