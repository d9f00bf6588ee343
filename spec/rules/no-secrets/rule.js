/** @type {{ what: string, pattern: RegExp, instead: string }[]} */
const secrets = [
  { what: "an API key", pattern: /\b[sp]k_(?:test|live)_(?!x+\b)\w{3,}/, instead: "use sk_test_xxx" },
  {
    what: "a token",
    pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}|\b\d+\|[A-Za-z0-9]{20,}/,
    instead: "use words, such as 12|example-customer-token",
  },
  {
    what: "a real email address",
    pattern: /[\w.+-]+@(?!example\.(?:com|net|org)\b)[\w-]+(?:\.[\w-]+)+/,
    instead: "use example.com, example.net or example.org",
  },
  {
    what: "a card number",
    pattern: /(?<![\w-])(?:\d{13,19}|\d{4}(?:[ -]\d{4}){3})(?![\w-])/,
    instead: "use only its last four digits",
  },
];

/** Nothing in the document looks like a real API key, token, email address or card number. */
export default function noSecrets() {
  return {
    any: {
      /** @param {any} node @param {any} context */
      enter(node, { report, location }) {
        if (location.pointer !== "#/") return;
        for (const { text, keys } of stringsOf(node)) {
          for (const { what, pattern, instead } of secrets)
            if (pattern.test(text))
              report({ message: `This looks like ${what}; ${instead}.`, location: location.child(keys) });
        }
      },
    },
  };
}

/**
 * Every string of a file, examples included. A `$ref` isn't one: it names another file.
 *
 * @param {unknown} value
 * @param {(string | number)[]} keys
 * @returns {Generator<{ text: string, keys: (string | number)[] }>}
 */
function* stringsOf(value, keys = []) {
  if (typeof value === "string") yield { text: value, keys };
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value))
      if (key !== "$ref") yield* stringsOf(item, [...keys, key]);
}
