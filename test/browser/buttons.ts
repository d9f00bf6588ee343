// Clicks every button of a part of the page, and finds those that do nothing.
import type { Page } from "playwright-core";
import { barHeight } from "../../scripts/docs/redoc.js";

export interface Clicks {
  /** The labels of all buttons that were clicked. */
  clicked: string[];
  /** Those of them that did nothing, with the reason. */
  dead: string[];
  /** The copied texts. */
  copies: string[];
}

interface Click {
  label: string;
  /** Why the button does nothing, or undefined if it does something. */
  problem?: string;
  copied?: string | undefined;
}

interface Options {
  /** The selector of the part. */
  part: string;
  /** The label of the copy buttons. */
  copy: string;
  /** The height that the bar covers. */
  barHeight: number;
}

/** More than any page has. A button that React replaces at each click would be clicked forever. */
const maxButtons = 200;

/** Clicks every visible button in `part`, a CSS selector, and the buttons that appear after a click. */
export async function clickButtons(page: Page, part: string, copy: string): Promise<Clicks> {
  const clicks: Click[] = [];
  let before = -1;
  // A click or scrolling can render more, so the last pass is the one that finds no button.
  while (clicks.length > before) {
    before = clicks.length;
    await page.evaluate(renderAll, part);
    while (clicks.length < maxButtons) {
      const click = await page.evaluate(clickNext, { part, copy, barHeight });
      if (!click) break;
      clicks.push(click);
      // Close the menu or dialog that the button opened.
      if (click.label !== copy) await page.keyboard.press("Escape");
    }
  }
  return {
    clicked: clicks.map(({ label }) => label),
    dead: clicks.flatMap(({ label, problem }) => (problem ? [`${label}: ${problem}`] : [])),
    copies: clicks.flatMap(({ copied }) => (copied ? [copied] : [])),
  };
}

/** Scrolls through a part of the page, because Redoc renders a section when it comes into view. */
async function renderAll(part: string): Promise<void> {
  // More than the longest section needs. If something scrolls back all the time, the next pass renders the rest.
  const maxSteps = 100;
  const scroll = (move: () => void) => {
    // Redoc scrolls back to the place that was opened until the reader scrolls.
    dispatchEvent(new WheelEvent("wheel", { deltaY: 100 }));
    move();
    return new Promise(requestAnimationFrame);
  };
  for (let index = 0; index < document.querySelectorAll(part).length; index += 1) {
    // React replaces a section when it renders it.
    const section = () => document.querySelectorAll(part)[index];
    await scroll(() => section()?.scrollIntoView({ behavior: "instant" }));
    await window.until(() => section()?.firstElementChild != null, 5_000);
    const isBelow = () => (section()?.getBoundingClientRect().bottom ?? 0) > innerHeight;
    for (let step = 0; step < maxSteps && isBelow(); step += 1)
      await scroll(() => scrollBy({ top: innerHeight / 2, behavior: "instant" }));
  }
  await window.settle();
}

/**
 * Clicks the next button inside the page, which takes a tenth of the time of a click from outside. Playwright runs it
 * as a gesture of the user, so the page may copy.
 */
async function clickNext({ part, copy, barHeight }: Options): Promise<Click | undefined> {
  const isVisible = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  // A selected tab has nothing to do.
  const next = ":enabled:not([data-clicked], [aria-selected=true])";
  const button = [...document.querySelectorAll<HTMLElement>(`:is(${part}) button${next}`)].find(isVisible);
  if (!button) return undefined;
  button.setAttribute("data-clicked", "");
  const label = (button.getAttribute("aria-label") ?? button.textContent ?? "").trim();
  const isCopy = label === copy;

  const middle = () => {
    const { x, y, width, height } = button.getBoundingClientRect();
    return { clientX: x + width / 2, clientY: y + height / 2 };
  };
  const inMiddle = () => document.elementFromPoint(middle().clientX, middle().clientY);
  const show = () => {
    button.scrollIntoView({ block: "center", behavior: "instant" });
    return button.contains(inMiddle());
  };
  const { top, bottom } = button.getBoundingClientRect();
  if (top < barHeight || bottom > innerHeight || !button.contains(inMiddle())) {
    // A menu may still close, or a section above may still become higher.
    if (!(await window.until(show, 2_000)))
      return { label, problem: `covered by ${inMiddle()?.outerHTML.slice(0, 80)}` };
  }
  // The click before this one or scrolling can still change the page, which isn't what this click does.
  if (!isCopy) await window.settle(50);

  const copies: string[] = [];
  const onCopy = () => copies.push(String(getSelection()));
  addEventListener("copy", onCopy, true);
  let changes = 0;
  const observer = new MutationObserver(() => {
    changes += 1;
  });
  observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  const address = location.href;
  const options = { bubbles: true, cancelable: true, composed: true, ...middle() };
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
    const Event = type.startsWith("pointer") ? PointerEvent : MouseEvent;
    const target = inMiddle() ?? button;
    target.dispatchEvent(new Event(type, { ...options, pointerType: "mouse", isPrimary: true }));
  }
  const hasCopied = () => copies.some((text) => text.trim() !== "");
  const hasChanged = () => changes > 0 || location.href !== address;
  const worked = await window.until(isCopy ? hasCopied : hasChanged, 1_500);
  observer.disconnect();
  removeEventListener("copy", onCopy, true);
  return { label, copied: copies.at(-1), ...(!worked && { problem: "nothing happened" }) };
}
