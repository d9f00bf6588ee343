// The programs that each consumer can run. Plain JavaScript, so that every runtime runs the same file.
import { causes } from "./causes.mjs";
import { emulated } from "./emulated.mjs";
import { outcomes } from "./outcomes.mjs";
import { scenario } from "./scenario.mjs";

const programs = { scenario, outcomes, causes, emulated };

/**
 * Runs a program and returns its report: plain data that every runtime can send as JSON.
 *
 * @param {string} name of the program
 * @param {typeof import("onepay-client") & typeof import("onepay-client/emulator")} onepay the package and its emulator,
 *   the way this runtime imports them
 * @param {any} input what the program needs, such as a base URL
 * @param {object} [options] further options of the client that this runtime needs
 * @returns {Promise<unknown>}
 */
export const runProgram = (name, onepay, input, options = {}) => programs[name](onepay, input, options);
