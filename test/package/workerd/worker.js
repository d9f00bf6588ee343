import * as onepay from "onepay-client";
import { scenario } from "../scenario.mjs";

export default {
  async fetch(_request, env) {
    return Response.json(await scenario(onepay, env.BASE_URL));
  },
};
