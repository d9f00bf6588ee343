// Keyboard shortcuts of the development server.
import { emitKeypressEvents } from "node:readline";

export const shortcuts = "r rebuild   t contract tests   q quit";

/** Calls an action per key. Ctrl-C counts as `q`. Returns a function that restores the terminal. */
export function onKeys(actions: Record<"r" | "t" | "q", () => void>): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  const onKey = (_text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
    const name = key.ctrl && key.name === "c" ? "q" : key.name;
    if (name === "r" || name === "t" || name === "q") actions[name]();
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true).resume().on("keypress", onKey);
  return () => {
    stdin.off("keypress", onKey).setRawMode(false).pause();
  };
}
