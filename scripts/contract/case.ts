// The vocabulary of the contract tests: plain data, so that a case reads the same in the lock file and in code.

/** A request before it is put on the wire. `params` fill the path, `raw` replaces the body by a text as it is. */
export interface Request {
  method: string;
  path: string;
  params: Record<string, string>;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body?: unknown;
  raw?: string;
}

/** An answer, as a server gives it. `raw` replaces the body by a text as it is. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body?: unknown;
  raw?: string;
}

/** What makes a case out of a good request or answer: JSON pointers into it. */
export interface Change {
  set?: Record<string, unknown>;
  remove?: string[];
}

/**
 * A broken rule as one text: the place and the keyword, such as `body.email format` or
 * `header.x-idempotency required`. Without a place: `security`, `content-type`, `status`, `media-type`.
 */
export type Break = string;

interface CaseBase {
  /** Readable and unique: operation › place › keyword. */
  id: string;
  /** JSON pointer to what the case is about. */
  about: string;
}

/** A request that the document accepts or refuses. */
export interface RequestCase extends CaseBase, Change {
  kind: "request";
  /** Name of the good request it starts from. */
  from: string;
  status: number;
  /** The rules it breaks. Empty: it is accepted. */
  breaks: Break[];
  /** Other rules are broken beside these, as where no branch of a `oneOf` fits. */
  among?: true;
}

/** One documented answer, asked for by `Prefer`; `from` names the locked answer that must come back. */
export interface ExampleCase extends CaseBase {
  kind: "example";
  from: string;
  /** What the `Prefer` header asks for. */
  prefer: { code: number; example?: string };
  accept: string;
}

/** What a server may and may not answer: the document must call it good, or name what is wrong with it. */
export interface AnswerCase extends CaseBase, Change {
  kind: "answer";
  /** Name of the good answer it starts from. */
  from: string;
  breaks: Break[];
  among?: true;
}

export type Case = RequestCase | ExampleCase | AnswerCase;

/** Everything that is locked of one operation. Nothing of the document is needed to run it. */
export interface Contract {
  operation: string;
  requests: Record<string, Request>;
  answers: Record<string, Answer>;
  cases: Case[];
}

/** The request or answer that a case is about: the one it starts from, changed. */
export function changed<T extends Request | Answer>(base: T, { set = {}, remove = [] }: Change): T {
  const copy = structuredClone(base) as T;
  for (const pointer of remove) edit(copy, pointer, (holder, key) => dropKey(holder, key));
  for (const [pointer, value] of Object.entries(set)) {
    edit(copy, pointer, (holder, key) => {
      holder[key] = structuredClone(value);
    });
  }
  return copy;
}

function dropKey(holder: Record<string, unknown>, key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

function edit(
  root: object,
  pointer: string,
  apply: (holder: Record<string, unknown>, key: string) => void,
): void {
  const keys = pointer.split("/").slice(1).map(unescapeKey);
  const last = keys.pop();
  let holder = root as Record<string, unknown>;
  for (const key of keys) holder = holder[key] as Record<string, unknown>;
  if (last !== undefined) apply(holder, last);
}

/** A key as a part of a JSON pointer, and back. */
export const escapeKey = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");
export const unescapeKey = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

/** Path and query of a request, as they stand on its first line. */
export function target({ path, params, query }: Request): string {
  const filled = path.replace(/\{(.+?)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return pairs.length === 0 ? filled : `${filled}?${new URLSearchParams(pairs as [string, string][])}`;
}

/** The body of a request or answer as it goes over the wire. */
export const bodyText = ({ body, raw }: Request | Answer): string | undefined =>
  raw ?? (body === undefined ? undefined : JSON.stringify(body));

/** The request that asks a mock for one documented answer. */
export function preferring(base: Request, { prefer: { code, example }, accept }: ExampleCase): Request {
  const prefer = `code=${code}${example === undefined ? "" : `, example=${example}`}`;
  return { ...base, headers: { ...base.headers, prefer, accept } };
}
