import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { everywhere } from "../texts.js";
import { isObject } from "../walk.js";

/** @type {Record<string, { meaning: string, on: string[], shape: object }>} */
export const extensions = parse(readFileSync(new URL("../extensions.yaml", import.meta.url), "utf8"));

const ajv = new Ajv2020({ strict: false });
const shapes = new Map(Object.entries(extensions).map(([name, { shape }]) => [name, ajv.compile(shape)]));

/** Every `x-` extension is in extensions.yaml, on an allowed node, with a valid value. */
export default function registeredExtensions() {
  return everywhere((node, { report, location, type }) => {
    if (!isObject(node) || type.name === "SpecExtension") return;
    for (const [name, value] of Object.entries(node)) {
      if (!name.startsWith("x-") || isMap(type.name)) continue;
      const at = location.child([name]);
      const extension = extensions[name];
      const shape = shapes.get(name);
      if (!extension || !shape) {
        report({
          message: `${name} isn't a registered extension; add it to spec/rules/extensions.yaml, or remove it.`,
          location: at.key(),
        });
      } else if (!extension.on.includes(type.name)) {
        report({
          message: `${name} isn't allowed on ${type.name}; use it on ${extension.on.join(", ")}.`,
          location: at.key(),
        });
      } else if (!shape(value)) {
        const [error] = shape.errors ?? [];
        const place = [name, ...(error?.instancePath.split("/").slice(1) ?? [])].join(".");
        const values = error?.params.allowedValues?.join(", ");
        report({
          message: `${place} ${error?.message}${values ? `: ${values}` : ""}. Meaning: ${extension.meaning}`,
          location: at,
        });
      }
    }
  });
}

// The keys of a map are names: a header's name may begin with x-.
/** @param {string} type */
const isMap = (type) => /(?:Map|Properties)$|^Named|^EvidenceSources$/.test(type);
