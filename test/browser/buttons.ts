// Clicks every button of a part of the page, and finds those that do nothing.
import type { Page } from "playwright-core";

interface Click {
  label: string;
  /** Why the button does nothing, or undefined if it does something. */
  problem?: string | undefined;
  copied?: string | undefined;
}

export interface Clicks {
  /** The labels of all buttons that were clicked. */
  clicked: string[];
  /** Those of them that did nothing, with the reason. */
  dead: string[];
  /** The copied texts. */
  copies: string[];
}

/** More than any page has. A button that React replaces at each click would be clicked forever. */
const maxButtons = 200;

/** Clicks every visible button in `part`, a CSS selector, and the buttons that appear after a click. */
export async function clickButtons(page: Page, part: string, copyLabel: string): Promise<Clicks> {
  const clicks: Click[] = [];
  while (clicks.length < maxButtons) {
    const click = await page.evaluate(clickNext, { part, copyLabel });
    if (!click) break;
    clicks.push(click);
    // Close the menu or dialog that the button opened.
    await page.keyboard.press("Escape");
  }
  return {
    clicked: clicks.map(({ label }) => label),
    dead: clicks.flatMap(({ label, problem }) => (problem ? [`${label}: ${problem}`] : [])),
    copies: clicks.flatMap(({ copied }) => (copied ? [copied] : [])),
  };
}

/**
 * Clicks the next button inside the page, which takes a tenth of the time of a click from outside. Playwright runs it
 * as a gesture of the user, so the page may copy.
 */
async function clickNext({
  part,
  copyLabel,
}: {
  part: string;
  copyLabel: string;
}): Promise<Click | undefined> {
  const isVisible = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  // A selected tab has nothing to do.
  const next = "button:enabled:not([data-clicked], [aria-selected=true])";
  const findButton = () =>
    [...(document.querySelector(part)?.querySelectorAll<HTMLElement>(next) ?? [])].find(isVisible);
  if (!findButton()) {
    // Redoc renders a section when it comes into view.
    document.querySelector(part)?.scrollIntoView({ behavior: "instant" });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const button = findButton();
  if (!button) return undefined;
  button.setAttribute("data-clicked", "");
  const label = (button.getAttribute("aria-label") ?? button.textContent ?? "").trim();
  button.scrollIntoView({ block: "center", behavior: "instant" });
  // The scrolling changes the page, which isn't what the click does.
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);

  const { x, y, width, height } = button.getBoundingClientRect();
  const [clientX, clientY] = [x + width / 2, y + height / 2];
  const target = document.elementFromPoint(clientX, clientY);
  if (!target || !button.contains(target))
    return { label, problem: `covered by ${target?.outerHTML.slice(0, 80)}` };

  const copies: string[] = [];
  const onCopy = () => copies.push(String(getSelection()));
  addEventListener("copy", onCopy, true);
  const address = location.href;
  const isDone = () => label !== copyLabel || copies.some((text) => text.trim() !== "");
  const options = { bubbles: true, cancelable: true, composed: true, clientX, clientY };
  const worked = await new Promise<boolean>((resolve) => {
    const observer = new MutationObserver(() => isDone() && resolve(true));
    observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
    for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
      const Event = type.startsWith("pointer") ? PointerEvent : MouseEvent;
      target.dispatchEvent(new Event(type, { ...options, pointerType: "mouse", isPrimary: true }));
    }
    setTimeout(() => resolve(location.href !== address), 1_500);
  });
  removeEventListener("copy", onCopy, true);
  return { label, copied: copies.at(-1), problem: worked ? undefined : "nothing happened" };
}
