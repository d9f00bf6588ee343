// Broken clients: copies of src/ with one thing wrong in how an answer is read.
import { fork } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../cli.js";
import type { Side } from "./sides.js";

interface Defect {
  what: string;
  file: string;
  from: string;
  to: string;
}

const defects: Defect[] = [
  {
    what: "401 is taken for 403",
    file: "errors.ts",
    from: "401: UnauthorizedError",
    to: "401: ForbiddenError",
  },
  { what: "422 has no class of its own", file: "errors.ts", from: "  422: UnprocessableError,", to: "" },
  { what: "500 is no server error", file: "errors.ts", from: "status >= 500", to: "status > 500" },
  {
    what: "an error is a success",
    file: "attempt.ts",
    from: "if (!response.ok)",
    to: "if (response.type === 'error')",
  },
  { what: "a 5xx is certainly refused", file: "attempt.ts", from: "status < 500", to: "status < 600" },
  {
    what: "any media type is JSON",
    file: "attempt.ts",
    from: "isJson.test(",
    to: "isJson.test('json') || String(",
  },
  {
    what: "the documented spelling of field errors is not read",
    file: "error-body.ts",
    from: "errors ?? erros",
    to: "errors",
  },
  {
    what: "the name of an error is lost",
    file: "error-body.ts",
    from: "codeName: typeof",
    to: "codeName: undefined && typeof",
  },
  {
    what: "the number of an error is lost",
    file: "error-body.ts",
    from: "code: typeof",
    to: "code: undefined && typeof",
  },
  { what: "an error's body is lost", file: "errors.ts", from: "body: { value: body }", to: "body: {}" },
  {
    what: "Retry-After counts milliseconds",
    file: "retry.ts",
    from: "Number(value) * 1_000",
    to: "Number(value)",
  },
  {
    what: "a list that is a bare array is refused",
    file: "page.ts",
    from: "Array.isArray(data) ? data :",
    to: "",
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
      if (!(await breakCopy(folder, defect)))
        unnoticed.push(
          `${defect.what}: "${defect.from}" is no longer in src/${defect.file}; mend scripts/mutation/client.ts`,
        );
      else if ((await firstFault(folder)) === "") unnoticed.push(defect.what);
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

/** Copies the client and puts the defect in; false where the text to break is not there. */
async function breakCopy(folder: string, { file, from, to }: Defect): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  for (const part of ["src", "generated"])
    await cp(join(root, part), join(folder, part), { recursive: true });
  const path = join(folder, "src", file);
  const text = await readFile(path, "utf8").catch(() => "");
  if (!text.includes(from)) return false;
  await writeFile(path, text.replace(from, to), "utf8");
  return true;
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
