// The docs as a reader meets them: a file opened from disk in a real browser, without a network.
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/cli.js";
import { buildDocs } from "../../scripts/docs/build.js";
import { englishLabels } from "../../scripts/docs/labels.js";
import { words } from "../../scripts/docs/words.js";
import { type Document, operationsOf } from "../../scripts/generate/openapi.js";
import { findChromium, howToGetOne, launch, phone, type Screen, visit, wide } from "./chromium.js";

const chromium = findChromium();
if (!chromium)
  console.warn(
    `\nThe docs are not tried in a browser: there is no Chromium on this machine. ${howToGetOne}\n`,
  );

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = join(root, "dist/screenshots");

const pages = [
  { language: "en", name: "English", folder: "", search: "idempotency", home: "OnePay customers API" },
  {
    language: "es",
    name: "Spanish",
    folder: "es",
    search: "idempotencia",
    home: "API de clientes de OnePay",
  },
] as const;

describe.skipIf(!chromium)("the docs in Chromium", () => {
  let browser: Browser;
  let docs = "";
  beforeAll(async () => {
    docs = await mkdtemp(join(tmpdir(), "onepay-docs-browser-"));
    await mkdir(shots, { recursive: true });
    [browser] = await Promise.all([launch(chromium ?? ""), buildDocs({ out: docs })]);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(docs, { recursive: true, force: true });
  });

  describe.each(pages)("in $name", ({ language, folder, search, home }) => {
    const url = (hash = "") => `${pathToFileURL(join(docs, folder, "index.html"))}${hash}`;
    const open = (hash?: string, screen?: Screen) => visit(browser, url(hash), screen);
    const operations = () => {
      const document = JSON.parse(readFileSync(join(docs, folder, "openapi.json"), "utf8")) as Document;
      return [...operationsOf(document)].map(({ operation }) => operation);
    };

    it("loads without a network, asks for nothing and complains of nothing", async () => {
      const { page, context, asked, complaints } = await open();
      expect(await page.locator("h1").first().textContent()).toContain(home);
      await page.waitForTimeout(500);
      expect(asked).toEqual([]);
      expect(complaints).toEqual([]);
      expect(await page.locator("html").getAttribute("lang")).toBe(language);
      await context.close();
    });

    it("reaches every operation from the menu", async () => {
      const { page, context } = await open();
      for (const tag of new Set(operations().flatMap(({ tags = [] }) => tags))) {
        await page.locator(`.menu-content a[href$="#/${slug(tag)}"]`).click();
        const mine = operations().filter(({ tags }) => tags?.includes(tag));
        for (const { operationId = "", summary = "" } of mine) {
          await page.locator(`.menu-content a[href$="#/${slug(tag)}/${operationId.toLowerCase()}"]`).click();
          await heading(page, summary).waitFor();
          await expect.poll(() => inView(page, summary), { message: summary, timeout: 5_000 }).toBe(true);
        }
      }
      await context.close();
    });

    it("opens an operation and a guide by their addresses", async () => {
      const [operation] = operations().filter(
        ({ operationId }) => operationId === "createCustomerSessionCharge",
      );
      const { page, context } = await open("#/customer-sessions/createcustomersessioncharge");
      await expect.poll(() => inView(page, operation?.summary ?? ""), { timeout: 5_000 }).toBe(true);
      await context.close();

      const guide = await open("#/idempotency");
      const [title = ""] =
        /(?<=^# ).*/m.exec(readFileSync(join(root, `spec/guides/${language}/idempotency.md`), "utf8")) ?? [];
      await expect.poll(() => inView(guide.page, title), { timeout: 5_000 }).toBe(true);
      await guide.context.close();
    });

    it("has a page behind each address that a guide links to", async () => {
      const { page, context } = await open("#/getting-started");
      const guides = readFileSync(join(root, "spec/guides/index.yaml"), "utf8").match(/(?<=^- ).*/gm) ?? [];
      const texts = guides.map((guide) =>
        readFileSync(join(root, `spec/guides/${language}/${guide}.md`), "utf8"),
      );
      const links = new Set(texts.flatMap((text) => text.match(/(?<=\]\()#\/[^)]+/g) ?? []));
      expect(links.size).toBeGreaterThan(0);
      for (const hash of [...links, ...guides.map((guide) => `#/${guide}`)]) {
        await page.evaluate((to) => {
          location.hash = to;
        }, hash);
        await page.waitForTimeout(200);
        expect(await page.locator(".api-content, main").first().textContent(), hash).not.toMatch(
          /No page at this address|No hay ninguna página/,
        );
      }
      await context.close();
    });

    it("switches to the other language at the same place", async () => {
      const { page, context } = await open("#/customers/createcustomer");
      await page.locator(".bar a[hreflang]").click();
      const other = language === "en" ? "es" : "en";
      await page.waitForFunction((lang) => document.documentElement.lang === lang, other);
      expect(page.url()).toMatch(/#\/customers\/createcustomer$/);
      await context.close();
    });

    it(`finds "${search}"`, async () => {
      const { page, context } = await open();
      await page.keyboard.press("Control+k");
      await page.locator("[data-component-name='Search/SearchInput'] input").first().fill(search);
      const results = page.locator("[data-component-name='Search/SearchItem']");
      await results.first().waitFor();
      expect(await results.count()).toBeGreaterThan(2);
      expect((await results.allInnerTexts()).join(" ").toLowerCase()).toContain(search);
      await page.screenshot({ path: join(shots, `${language}-search.png`) });
      await context.close();
    });

    it("offers each operation's four samples and its payload", async () => {
      const { page, context } = await open("#/customers/createcustomer");
      await page.locator("a[href='#/customers/createcustomer']").first().waitFor();
      const panel = page.locator(".panel-request-samples").filter({ hasText: "idempotencyKeyFrom" }).first();
      await panel.waitFor();
      await panel.locator("button[aria-haspopup=menu]").nth(1).click();
      const offered = await page.locator("[role=menu]:visible [role=menuitem]").allInnerTexts();
      expect(offered.map((text) => text.trim())).toEqual([
        ...Object.values(words[language].samples),
        words[language].payload,
      ]);
      await context.close();
    });

    it("says what is refused, and why, among the examples of the payload", async () => {
      const { page, context } = await open("#/customers/createcustomer");
      const panel = page.locator(".panel-request-samples").filter({ hasText: "idempotencyKeyFrom" }).first();
      await panel.locator("button[aria-haspopup=menu]").nth(1).click();
      // By the keyboard: the page may still be scrolling to its place, and takes the menu out of the mouse's reach.
      await page.getByRole("menuitem", { name: words[language].payload }).first().press("Enter");
      const chosen = page.locator(".panel-request-samples").filter({ hasText: '"user_type"' }).first();
      await chosen.locator("[data-testid=panel-body] button[aria-haspopup=menu]").first().click();
      const offered = (await page.locator("[role=menu]:visible [role=menuitem]").allInnerTexts()).join("\n");
      expect(offered).toContain(words[language].refused);
      await context.close();
    });

    it.each(["", "#/errors", "#/evidence", "#/customers/createcustomer"])(
      "can be read on a phone without scrolling sideways: %s",
      async (hash) => {
        const { page, context } = await open(hash, phone);
        await page.waitForTimeout(500);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
          phone.width,
        );
        await page.screenshot({
          path: join(shots, `${language}-phone-${hash.split("/").at(-1) || "home"}.png`),
        });
        await context.close();
      },
    );

    it("has its menu on a phone, too", async () => {
      const { page, context } = await open("", phone);
      await page.locator("[data-testid=floating-button]").click();
      await page.locator(".menu-content a[href$='#/customers']").click();
      const [first] = operations();
      await page
        .locator(".menu-content a")
        .filter({ hasText: first?.summary ?? "" })
        .first()
        .waitFor();
      await page.screenshot({ path: join(shots, `${language}-phone-menu.png`) });
      await context.close();
    });

    const everything = [
      "",
      "#/evidence",
      "#/errors",
      "#/customers/listcustomers",
      "#/customers/createcustomer",
    ];
    it.each([
      ["wide", "light", wide, everything],
      ["wide", "dark", { ...wide, colorScheme: "dark" as const }, everything.slice(-2)],
      ["on a phone", "light", phone, everything.slice(1, 3)],
    ])("has no serious fault of accessibility, %s and %s", async (_size, _scheme, screen, hashes) => {
      const { page, context } = await open(hashes[0], screen);
      for (const hash of hashes) {
        await page.evaluate((to) => {
          location.hash = to;
        }, hash);
        await page.waitForTimeout(400);
        expect(await faults(page), hash).toEqual([]);
      }
      await context.close();
    });

    it("is kept in pictures for whoever looks", async () => {
      for (const [name, hash, screen] of [
        ["home", "", wide],
        ["guide", "#/idempotency", wide],
        ["operation", "#/customers/createcustomer", wide],
        ["operation-dark", "#/customers/createcustomer", { ...wide, colorScheme: "dark" }],
        ["evidence", "#/evidence", { width: 1440, height: 2400 }],
      ] satisfies [string, string, Screen][]) {
        const { page, context } = await open(hash, screen);
        await page.waitForTimeout(400);
        await page.screenshot({ path: join(shots, `${language}-${name}.png`) });
        await context.close();
      }
    });
  });

  it("shows none of Redoc's English labels on the Spanish page", async () => {
    const url = `${pathToFileURL(join(docs, "es/index.html"))}`;
    const { page, context } = await visit(browser, url);
    const shown = new Set<string>();
    for (const hash of [
      "",
      "#/customers",
      "#/customers/createcustomer",
      "#/customers/listcustomertransactions",
      "#/customer-sessions/createcustomersessioncharge",
      "#/nowhere",
    ]) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.waitForTimeout(400);
      for (const text of await page.evaluate(visibleLabels)) shown.add(text);
    }
    await page.keyboard.press("Control+k");
    await page.waitForTimeout(300);
    for (const text of await page.evaluate(visibleLabels)) shown.add(text);
    expect(shown.size).toBeGreaterThan(100);
    expect(englishLabels.filter((label) => shown.has(label))).toEqual([]);
    await context.close();
  });
});

const slug = (tag: string): string => tag.toLowerCase().replaceAll(" ", "-");

const heading = (page: Page, text: string) =>
  page.locator(".api-content :is(h1, h2)").filter({ hasText: text }).first();

/** Does the reader see the heading, and is the menu's mark on it? */
const inView = (page: Page, text: string): Promise<boolean> =>
  heading(page, text)
    .evaluate((node) => {
      const { top, bottom } = node.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    })
    .catch(() => false);

/** Serious and critical findings of axe, a line each. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as AxeResults;
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = "" }) =>
          `${id}: ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`,
      ),
    );
}

/** Every text and every label for screen readers, but for code and what the document says itself. */
function visibleLabels(): string[] {
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (!parentElement?.closest("script, style, pre, code, [data-component-name='Markdown/Markdown']")) {
      texts.push((textContent ?? "").trim());
    }
  }
  for (const name of ["aria-label", "placeholder", "title"]) {
    for (const element of document.querySelectorAll(`[${name}]`))
      texts.push(element.getAttribute(name)?.trim() ?? "");
  }
  return texts.filter((text) => text !== "");
}
