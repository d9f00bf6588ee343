import methodName from "../../spec/rules/method-name/rule.js";

/** The rule that every document must follow, so that a client can be generated from it. */
export default () => ({
  id: "generate",
  rules: { oas3: { "method-name": () => methodName({ lenient: true }) } },
});
