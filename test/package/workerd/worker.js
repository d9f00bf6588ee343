import * as onepay from "onepay-client";
import * as emulator from "onepay-client/emulator";
import { runProgram } from "../programs/index.mjs";

export default {
  async fetch(request) {
    const { program, input } = await request.json();
    return Response.json(await runProgram(program, { ...onepay, ...emulator }, input));
  },
};
