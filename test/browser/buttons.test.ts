// Every button of the docs does something when a reader clicks it.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clickButtons } from "./buttons.js";
import { findChromium, goTo, launch, type Visit, visit } from "./chromium.js";
import { address, codeBlocksOf, copy, language, markdownOf, name, operations, slugs } from "./docs.js";

const chromium = findChromium();

describe.skipIf(!chromium)(`the buttons of the docs, in ${name}`, () => {
  let browser: Browser;
  // Rendering the page takes seconds, so the tests share it.
  let shared: Visit;
  beforeAll(async () => {
    browser = await launch(chromium ?? "");
    shared = await visit(browser, address);
  });
  afterAll(() => browser?.close());

  const open = async (path: string) => {
    await goTo(shared.page, `#${path}`);
    return shared.page;
  };

  test.each(["", ...slugs])("every button does something on the page of a guide: %s", async (slug) => {
    const page = await open(`/${slug}`);
    const { clicked, dead, copies } = await clickButtons(page, partOf(`/${slug}`), copy);
    expect(dead).toEqual([]);
    // One for the page, and one for each code block.
    expect(clicked.filter((label) => label === copy)).toHaveLength(1 + codeBlocksOf(slug));
    if (slug !== "") expect(copies[0]?.trim()).toBe(markdownOf(slug).trim());
    expect(shared.problems).toEqual([]);
  });

  // Both languages have the same components with other texts. So in Spanish, an operation with a body and one that
  // returns a list are enough.
  const tested = operations.filter(
    ({ operationId }) => language === "en" || ["createCustomer", "listCustomers"].includes(operationId),
  );
  test.each(tested)(
    "every button does something on the page of an operation: $operationId",
    async ({ hash }) => {
      const page = await open(hash.slice(1));
      const { clicked, dead } = await clickButtons(page, partOf(hash.slice(1)), copy);
      expect(dead).toEqual([]);
      expect(clicked.length).toBeGreaterThan(5);
      expect(shared.problems).toEqual([]);
    },
  );

  test("every button around the content does something", async () => {
    const page = await open("/");
    // The other tests click the buttons of the content.
    await page.evaluate(() => {
      for (const button of document.querySelectorAll(".api-content button"))
        button.setAttribute("data-clicked", "");
    });
    const { clicked, dead } = await clickButtons(page, "body", copy);
    expect(dead).toEqual([]);
    expect(clicked.length).toBeGreaterThan(1);
  });
});

/** The selector of a page's sections: its introduction, and one for each heading. */
const partOf = (path: string): string => {
  const section = (condition: string) => `.api-content [data-section-id${condition}]`;
  return path === "/" ? section('="/"') : `${section(`="${path}"`)}, ${section(`^="${path}/"`)}`;
};
