// The keys of the bench, on a terminal.
import { emitKeypressEvents } from "node:readline";

export const foot = "r rebuild   t contract tests   q quit";

/** Calls the action of each key pressed; Ctrl-C is `q`. Returns what gives the terminal back. */
export function onKeys(actions: Record<"r" | "t" | "q", () => void>): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  const press = (_text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
    const name = key.ctrl && key.name === "c" ? "q" : key.name;
    if (name === "r" || name === "t" || name === "q") actions[name]();
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true).resume().on("keypress", press);
  return () => {
    stdin.off("keypress", press).setRawMode(false).pause();
  };
}
