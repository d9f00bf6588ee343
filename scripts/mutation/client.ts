// Broken clients: copies of src/ in which one function that reads an answer gives another result.
import { fork } from "node:child_process";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../cli.js";
import type { Side } from "./sides.js";

interface Defect {
  what: string;
  /** The module of src/ and the function of it that is bent: by its name, so that its inside may change freely. */
  module: string;
  name: string;
  /** The body of what stands in its place; `whole` is the function as it is, `args` what it is called with. */
  bent: string;
}

const defects: Defect[] = [
  {
    what: "401 is taken for 403",
    module: "errors",
    name: "apiErrorOf",
    bent: "whole(args[0] === 401 ? 403 : args[0])",
  },
  {
    what: "422 has no class of its own",
    module: "errors",
    name: "apiErrorOf",
    bent: "whole(args[0] === 422 ? 418 : args[0])",
  },
  {
    what: "500 is no server error",
    module: "errors",
    name: "apiErrorOf",
    bent: "whole(args[0] === 500 ? 418 : args[0])",
  },
  {
    what: "the documented spelling of field errors is not read",
    module: "error-body",
    name: "readErrorBody",
    bent: "whole({ ...args[0], erros: undefined })",
  },
  {
    what: "field errors are not read",
    module: "error-body",
    name: "readErrorBody",
    bent: "({ ...whole(...args), fields: {} })",
  },
  {
    what: "the name of an error is lost",
    module: "error-body",
    name: "readErrorBody",
    bent: "({ ...whole(...args), codeName: undefined })",
  },
  {
    what: "the number of an error is lost",
    module: "error-body",
    name: "readErrorBody",
    bent: "({ ...whole(...args), code: undefined })",
  },
  {
    what: "Retry-After counts milliseconds",
    module: "retry",
    name: "retryAfterOf",
    bent: "whole(...args) && whole(...args) / 1000",
  },
  {
    what: "every failure is certain",
    module: "retry",
    name: "verdictOf",
    bent: "whole(...args).with(1, true)",
  },
  {
    what: "an error is a success",
    module: "attempt",
    name: "attempt",
    bent: 'whole(...args).then((result) => ("type" in result ? { ...result, text: "", data: result.body } : result))',
  },
  {
    what: "an answer that cannot be read is a success",
    module: "attempt",
    name: "attempt",
    bent: 'whole(...args).then((result) => (result.response?.ok ? { response: result.response, text: "", data: result.data } : result))',
  },
  {
    what: "an error's body is lost",
    module: "attempt",
    name: "attempt",
    bent: 'whole(...args).then((result) => ("type" in result ? { ...result, body: undefined } : result))',
  },
  {
    what: "a list loses its last item",
    module: "page",
    name: "pageOf",
    bent: "((page) => Object.assign(page, { items: page.items.slice(0, -1) }))(whole(...args))",
  },
];

const program = fileURLToPath(new URL("client-worker.ts", import.meta.url));
// Inside node_modules, so that the copies find the packages that src/ imports.
const workshop = join(root, "node_modules/.cache/onepay-broken-clients");

export async function brokenClients(): Promise<Side> {
  const unnoticed: string[] = [];
  await rm(workshop, { recursive: true, force: true });
  const queue = [...defects.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, defect] = next;
      const folder = join(workshop, String(index));
      await bendCopy(folder, defect);
      const fault = await firstFault(folder);
      if (fault === "") unnoticed.push(defect.what);
      else if (fault === gone) unnoticed.push(`${defect.what}: ${missing(defect)}`);
    }
  };
  try {
    // The whole client must be found faultless, or noticing proves nothing.
    const whole = await firstFault(root);
    if (whole !== "") unnoticed.push(`the client as it is: ${whole}`);
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return { name: "Client", broken: defects.length, unnoticed };
}

const gone = "the function is gone";
const missing = ({ module, name }: Defect) =>
  `src/${module}.ts has no function ${name} any more; bend another in scripts/mutation/client.ts`;

/** Copies the client and puts, in the place of a module, one that bends one of its functions. */
async function bendCopy(folder: string, { module, name, bent }: Defect): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const part of ["src", "generated"])
    await cp(join(root, part), join(folder, part), { recursive: true });
  const file = (name: string) => join(folder, "src", `${name}.ts`);
  await rename(file(module), file(`${module}-whole`)).catch(() => writeFile(file(`${module}-whole`), ""));
  const text = [
    `export * from "./${module}-whole.js";`,
    `import * as module from "./${module}-whole.js";`,
    `const whole = module.${name};`,
    `if (typeof whole !== "function") { process.send("${gone}"); process.exit(0); }`,
    `export const ${name} = (...args) => ${bent};`,
  ];
  await writeFile(file(module), `${text.join("\n")}\n`, "utf8");
}

/** The first fault that the locked answers find in the client of a folder; empty where there is none. */
function firstFault(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [folder], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    let fault: string | undefined;
    child.on("message", (message: string) => {
      fault = message;
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      fault === undefined
        ? reject(new Error(`The client in ${folder} could not be tried (exit code ${code}).`))
        : resolve(fault),
    );
  });
}
