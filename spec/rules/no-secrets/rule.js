/** @type {{ what: string, pattern: RegExp, instead: string }[]} */
const secrets = [
  { what: "an API key", pattern: /\b[sp]k_(?:test|live)_(?!x+\b)\w{3,}/, instead: "write sk_test_xxx" },
  {
    what: "a token",
    pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}|\b\d+\|[A-Za-z0-9]{20,}/,
    instead: "write words, such as 12|example-customer-token",
  },
  {
    what: "somebody's e-mail address",
    pattern: /[\w.+-]+@(?!example\.(?:com|net|org)\b)[\w-]+(?:\.[\w-]+)+/,
    instead: "use example.com, example.net or example.org",
  },
  {
    what: "a card number",
    pattern: /(?<![\w-])(?:\d{13,19}|\d{4}(?:[ -]\d{4}){3})(?![\w-])/,
    instead: "write its last four digits alone",
  },
];

/** Nothing in the document looks like a real key, token, address or card: somebody would copy it, or worry. */
export default function noSecrets() {
  return {
    any: {
      /** @param {any} node @param {any} context */
      enter(node, { report, location }) {
        if (location.pointer !== "#/") return;
        for (const { text, keys } of texts(node)) {
          for (const { what, pattern, instead } of secrets)
            if (pattern.test(text))
              report({ message: `This looks like ${what}; ${instead}.`, location: location.child(keys) });
        }
      },
    },
  };
}

/**
 * Every string of a file, examples and their like included; the names of other files are none of its texts.
 *
 * @param {unknown} value
 * @param {(string | number)[]} keys
 * @returns {Generator<{ text: string, keys: (string | number)[] }>}
 */
function* texts(value, keys = []) {
  if (typeof value === "string") yield { text: value, keys };
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) if (key !== "$ref") yield* texts(item, [...keys, key]);
}
