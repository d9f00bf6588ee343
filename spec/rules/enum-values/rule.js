/** Each value that a field can have is explained by name in the field's description, in both languages. */
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
        const silent = values.filter(
          (/** @type {unknown} */ value) => value !== null && !text.includes(`\`${value}\``),
        );
        if (silent.length === 0) continue;
        const names = silent.map((/** @type {unknown} */ value) => `\`${value}\``).join(", ");
        report({
          message: `The ${language} does not say what ${names} means; add it, with the value in backticks.`,
          location: location.child([schema.enum ? "enum" : "const"]).key(),
        });
      }
    },
  };
}
