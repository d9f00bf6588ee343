/** The description of a field explains each value of its enum, in both languages. */
export default function enumValues() {
  return {
    /** @param {any} schema @param {any} context */
    Schema(schema, { report, location }) {
      const values = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
      const texts = [
        { text: schema.description ?? "", language: "description" },
        { text: schema["x-es"]?.description ?? "", language: "Spanish description" },
      ];
      for (const { text, language } of texts) {
        const missing = values.filter(
          (/** @type {unknown} */ value) => value !== null && !text.includes(`\`${value}\``),
        );
        if (missing.length === 0) continue;
        const names = missing.map((/** @type {unknown} */ value) => `\`${value}\``).join(", ");
        report({
          message: `The ${language} doesn't explain ${names}; add it, with the value in backticks.`,
          location: location.child([schema.enum ? "enum" : "const"]).key(),
        });
      }
    },
  };
}
