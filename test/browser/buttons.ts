// Clicks every button of a part of the page, and finds those that do nothing.
import type { Locator, Page } from "playwright-core";

/** Records what the page copies, and counts its changes. Call it once per page. */
export const observe = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const observed = { copies: [] as string[], changes: 0, before: { copies: 0, changes: 0, address: "" } };
    Object.assign(window, { observed });
    addEventListener("copy", () => observed.copies.push(String(getSelection())), true);
    new MutationObserver(() => {
      observed.changes += 1;
    }).observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  });

export interface Clicks {
  /** The labels of all buttons that were clicked. */
  clicked: string[];
  /** Those of them that did nothing, or that copied nothing although they should. */
  dead: string[];
  /** The copied texts. */
  copies: string[];
}

/** Clicks every visible button in `part`, and the buttons that appear after a click. */
export async function clickButtons(
  page: Page,
  part: Locator,
  isCopy: (label: string) => boolean,
): Promise<Clicks> {
  const clicked: string[] = [];
  const dead: string[] = [];
  await page.evaluate(() => Reflect.get(window, "observed").copies.splice(0));
  // A selected tab has nothing to do.
  const next = part.locator("button:visible:enabled:not([data-clicked], [aria-selected=true])").first();
  while (clicked.length < maxButtons && (await next.count()) > 0) {
    const button = await next.elementHandle();
    if (!button) break;
    await button.evaluate((node) => node.setAttribute("data-clicked", ""));
    const label = await button.evaluate((node) =>
      (node.getAttribute("aria-label") ?? node.textContent ?? "").trim(),
    );
    clicked.push(label);
    await button.scrollIntoViewIfNeeded();
    // Hovering may show a tooltip, which isn't what the click does.
    await button.hover();
    await page.waitForTimeout(60);
    await page.evaluate(remember);
    await button.click();
    const worked = await page
      .waitForFunction(isCopy(label) ? hasCopied : hasChanged, undefined, { timeout: 1_500, polling: 20 })
      .then(
        () => true,
        () => false,
      );
    if (!worked) dead.push(label);
    // Close the menu or dialog that the button opened.
    await page.keyboard.press("Escape");
  }
  return { clicked, dead, copies: await page.evaluate(() => Reflect.get(window, "observed").copies) };
}

/** More than any page has. A button that React replaces at each click would be clicked forever. */
const maxButtons = 200;

/** Remembers the address of the page, and the number of changes and copies. */
function remember(): void {
  const observed = Reflect.get(window, "observed");
  observed.before = {
    copies: observed.copies.length,
    changes: observed.changes,
    address: location.href,
  };
}

const hasChanged = (): boolean => {
  const { changes, before } = Reflect.get(window, "observed");
  return changes > before.changes || location.href !== before.address;
};

const hasCopied = (): boolean => {
  const { copies, before } = Reflect.get(window, "observed");
  return copies.length > before.copies && copies.at(-1)?.trim() !== "";
};
