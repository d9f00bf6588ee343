import methodName from "../../spec/rules/method-name/rule.js";

/** The one rule of ours that every document must hold before a client can be made from it. */
export default () => ({ id: "generate", rules: { oas3: { "method-name": methodName } } });
