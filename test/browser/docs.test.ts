// The docs as a reader sees them: a file on disk, opened in a real browser without network access.
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/cli.js";
import { homeSlug } from "../../scripts/docs/guides.js";
import { englishLabels } from "../../scripts/docs/labels.js";
import { barHeight } from "../../scripts/docs/redoc.js";
import { strings } from "../../scripts/docs/strings.js";
import {
  findChromium,
  goTo,
  howToInstall,
  launch,
  phone,
  phoneDark,
  type Screen,
  type Visit,
  visit,
  wide,
  wideDark,
} from "./chromium.js";
import { address, home, language, linksOf, name, operations, slugOf, slugs, titleOf } from "./docs.js";

const chromium = findChromium();
if (!chromium)
  console.warn(
    `\nThe tests of the docs in a browser are skipped: Chromium isn't installed. ${howToInstall}\n`,
  );

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const screenshots = join(root, "dist/screenshots");

const searches = {
  en: "webhook, validate, retry, proxy, docker, bulk, test, idempotency, install, authentication, pagination, timeout, sandbox, error handling, duplicate",
  es: "idempotencia, clave de idempotencia, clave, credenciales, sandbox, modo de prueba, producción, paginación, reintentar, SDK, librería, instalar, instalación, cobro duplicado, duplicado, doble cobro, cargo, métodos de pago, Nequi, webhook, habeas data, referencia, manejo de errores, endpoint, timeout, llave de API, validar, proxy, docker, masivo, pruebas",
};

describe.skipIf(!chromium)(`the docs in Chromium, in ${name}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    await mkdir(screenshots, { recursive: true });
    browser = await launch(chromium ?? "");
  });
  afterAll(() => browser?.close());

  // Rendering the page takes seconds, so the tests share one page per kind of screen.
  const visits = new Map<Screen, Visit>();
  const visited = async (screen: Screen): Promise<Visit> => {
    const known = visits.get(screen) ?? (await visit(browser, address, screen));
    visits.set(screen, known);
    return known;
  };
  const open = async (hash = "", screen = wide): Promise<Page> => {
    const { page } = await visited(screen);
    await goTo(page, hash);
    return page;
  };
  afterEach(async () => {
    for (const { page, requests, problems } of visits.values()) {
      // Close what the test opened.
      await page.keyboard.press("Escape");
      expect(requests.splice(0)).toEqual([]);
      expect(problems.splice(0)).toEqual([]);
    }
  });

  const screenshot = (page: Page, name: string) =>
    page.screenshot({ path: join(screenshots, `${language}-${name}.png`) });

  it("loads without a network, without requests and without errors", async () => {
    const { page, requests } = await visited(wide);
    expect(await page.locator("h1").first().textContent()).toContain(home);
    expect(requests).toEqual([]);
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
  });

  it("shows on its first screen what it is, the installation, the first call and the next steps", async () => {
    const section = (await open()).locator(".api-content > div").first();
    const text = await section.innerText();
    expect(text).toContain("npm install onepay-client");
    expect(text).toContain("onepay.customers.create(");
    expect(text).not.toMatch(/license|licencia|evidenc|assumed|\(0\.1/i);
    const lastLink = await section.locator("li a").last().boundingBox();
    expect((lastLink?.y ?? 9_999) + (lastLink?.height ?? 0)).toBeLessThan(wide.height);
    const title = await section.locator("h1").boundingBox();
    expect(title?.height).toBeLessThan(60);
  });

  it("opens every operation from the menu, and cuts off no TypeScript sample", async () => {
    const page = await open();
    for (const tag of new Set(operations.map((operation) => operation.tag))) {
      await page.locator(`.menu-content a[href$="#/${slugOf(tag)}"]`).click();
      for (const { summary, hash } of operations.filter((operation) => operation.tag === tag)) {
        await page.locator(`.menu-content a[href$="${hash}"]`).click();
        await heading(page, summary).waitFor();
        await expect.poll(() => inView(page, summary), { message: summary, timeout: 5_000 }).toBe(true);
        const code = page.locator(`[data-section-id="${hash.slice(1)}"] .panel-request-samples pre`).first();
        const hidden = await code.evaluate((node) => node.scrollWidth - node.clientWidth);
        expect(hidden, summary).toBeLessThanOrEqual(0);
      }
    }
  });

  it("opens a guide by its address, and the other language at the same place", async () => {
    const { page, context } = await visit(browser, `${address}#/idempotency`);
    await expect.poll(() => inView(page, titleOf("idempotency")), { timeout: 5_000 }).toBe(true);
    await page.locator(".bar a[hreflang]").click();
    const other = language === "en" ? "es" : "en";
    await page.waitForFunction((lang) => document.documentElement.lang === lang, other);
    expect(page.url()).toMatch(/#\/idempotency$/);
    await context.close();
  });

  it("opens an operation by its address, and offers its samples and its rejected requests", async () => {
    const { page, context } = await visit(browser, `${address}#/customers/createcustomer`);
    const { summary = "" } = operations.find(({ operationId }) => operationId === "createCustomer") ?? {};
    await expect.poll(() => inView(page, summary), { timeout: 5_000 }).toBe(true);
    const offered = async () => {
      const texts = await page.locator("[role=menu]:visible [role=menuitem]").allInnerTexts();
      return texts.map((text) => text.trim());
    };
    const { samples, payload, rejected } = strings[language];
    const panel = page.locator(".panel-request-samples").filter({ hasText: "idempotencyKeyFrom" }).first();
    await panel.locator("button[aria-haspopup=menu]").nth(1).click();
    await expect.poll(offered, { timeout: 5_000 }).toEqual([...Object.values(samples), payload]);
    // By keyboard, because the page may still scroll and move the menu away from the mouse.
    await page.getByRole("menuitem", { name: payload }).first().press("Enter");
    const payloadPanel = page.locator(".panel-request-samples").filter({ hasText: '"user_type"' }).first();
    await payloadPanel.locator("[data-testid=panel-body] button[aria-haspopup=menu]").first().click();
    await expect.poll(async () => (await offered()).join("\n"), { timeout: 5_000 }).toContain(rejected);
    await context.close();
  });

  it("has a page for every link in a guide", async () => {
    const page = await open();
    const links = [homeSlug, ...slugs].flatMap(linksOf);
    const hashes = new Set(
      links.map((link) => link.replace(/^([\w-]+)\.md$/, "#/$1")).filter((link) => link.startsWith("#/")),
    );
    expect(hashes.size).toBeGreaterThan(5);
    for (const hash of hashes) {
      await goTo(page, hash);
      expect(await page.locator(".api-content, main").first().textContent(), hash).not.toMatch(
        /No page at this address|No hay ninguna página/,
      );
    }
  });

  it("finds what people search for", async () => {
    const page = await open();
    await openSearch(page);
    const missing: string[] = [];
    for (const words of searches[language].split(", ")) {
      if (!(await search(page, words))) missing.push(words);
    }
    await screenshot(page, "search");
    expect(missing).toEqual([]);
  });

  it("shows the code of the guides with colors", async () => {
    const code = (await open("#/errors")).locator('[data-section-id^="/errors"] pre code').first();
    const colors = await code.evaluate((node) => [
      ...new Set([...node.querySelectorAll("span")].map((span) => getComputedStyle(span).color)),
    ]);
    expect(colors.length).toBeGreaterThan(3);
  });

  it("marks the idempotency header as set by the client, and not as required in red", async () => {
    const page = await open("#/customers/createcustomer");
    const field = page.locator(".schema-property-item").filter({ hasText: "x-idempotency" }).first();
    expect(await field.innerText()).toContain(strings[language].setByClient);
    const texts = await field.locator("span").allInnerTexts();
    expect(texts.filter((text) => /^(required|obligatorio)$/.test(text))).toEqual([]);
  });

  it.each(["", "#/errors", "#/evidence", "#/customers/createcustomer"])(
    "is as wide as the screen on a phone: %s",
    async (hash) => {
      const page = await open(hash, phone);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(phone.width);
      await screenshot(page, `phone-${hash.split("/").at(-1) || "home"}`);
    },
  );

  it("scrolls long lines of code on a phone, with a visible scroll bar, instead of wrapping them", async () => {
    const code = (await open("#/errors", phone)).locator('[data-section-id^="/errors"] pre').first();
    const { hidden, scrollBar, whiteSpace } = await code.evaluate((node) => ({
      hidden: node.scrollWidth - node.clientWidth,
      scrollBar: (node as HTMLElement).offsetHeight - node.clientHeight,
      whiteSpace: getComputedStyle(node).whiteSpace,
    }));
    expect(whiteSpace).toBe("pre");
    expect(hidden).toBeGreaterThan(0);
    expect(scrollBar).toBeGreaterThan(4);
  });

  it("shows the first sample of an operation on the first screen of a phone", async () => {
    const page = await open("#/customers/createcustomer", phone);
    const sample = page
      .locator('[data-section-id="/customers/createcustomer"] .panel-request-samples pre')
      .first();
    await expect
      .poll(async () => (await sample.boundingBox())?.y ?? 9_999, { timeout: 5_000 })
      .toBeLessThan(phone.height / 2);
  });

  it("has its menu button in the bar on a phone, so that it covers no text", async () => {
    const page = await open("", phone);
    const button = page.locator("[data-testid=floating-button]");
    const box = await button.boundingBox();
    const title = await page.locator(".bar b").boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(barHeight);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(title?.x ?? 0);
    await button.click();
    await page.locator(".menu-content a[href$='#/customers']").click();
    const summary = operations[0]?.summary ?? "";
    await page.locator(".menu-content a").filter({ hasText: summary }).first().waitFor();
    await screenshot(page, "phone-menu");
    await button.click();
  });

  const places = [
    ...["", "#/evidence", "#/errors"],
    ...["#/customers/listcustomers", "#/customers/createcustomer", "#/customers/deletecustomer"],
  ];
  // A page of its size that no other test uses: it shows these places, and nothing that other tests opened.
  const wideLight = { ...wide };
  const screens: [string, string, Screen, string[]][] = [
    ["wide", "light", wideLight, places],
    ["on a phone", "light", phone, places.slice(0, 3)],
  ];
  // The colors are the same in both languages.
  if (language === "en")
    screens.push(["wide", "dark", wideDark, places], ["on a phone", "dark", phoneDark, places.slice(0, 3)]);
  it.each(screens)("is accessible: %s, %s", async (_size, _scheme, screen, hashes) => {
    for (const hash of hashes) {
      expect(await accessibilityProblems(await open(hash, screen)), hash).toEqual([]);
    }
  });

  it("saves screenshots in dist/screenshots", async () => {
    const operation = "#/customers/createcustomer";
    await screenshot(await open(), "home");
    await screenshot(await open("#/idempotency"), "guide");
    await screenshot(await open(operation), "operation");
    if (language === "en") await screenshot(await open(operation, wideDark), "operation-dark");
    const page = await open("#/evidence");
    await page.setViewportSize({ ...wide, height: 2_400 });
    await screenshot(page, "evidence");
    await page.setViewportSize(wide);
  });

  it.runIf(language === "es")("shows none of Redoc's English labels on the Spanish page", async () => {
    const { page, context } = await visit(browser, address);
    const labels = new Set<string>();
    const collect = async () => {
      for (const text of await page.evaluate(visibleLabels)) labels.add(text);
    };
    // First the search: Redoc closes it when another page has rendered, which takes long on a busy machine.
    await openSearch(page);
    await collect();
    for (const words of ["sk_test", "phone", "OnePay", "customer"]) {
      await search(page, words);
      await collect();
    }
    await page.keyboard.press("Escape");
    await searchInput(page).waitFor({ state: "hidden" });
    for (const hash of [
      "",
      "#/customers",
      "#/customers/createcustomer",
      "#/customers/listcustomertransactions",
      "#/customer-sessions/createcustomersessioncharge",
      "#/nowhere",
    ]) {
      await goTo(page, hash);
      await collect();
    }
    expect(labels.size).toBeGreaterThan(100);
    expect(englishLabels.filter((label) => labels.has(label))).toEqual([]);
    await context.close();
  });
});

const heading = (page: Page, text: string) =>
  page.locator(".api-content :is(h1, h2)").filter({ hasText: text }).first();

const searchInput = (page: Page): Locator =>
  page.locator("[data-component-name='Search/SearchInput'] input").first();

async function openSearch(page: Page): Promise<void> {
  await page.locator("[data-testid=search-trigger]:visible").first().click();
  await searchInput(page).waitFor();
}

/** Searches, and returns whether anything is found. */
async function search(page: Page, words: string): Promise<boolean> {
  const result = page.locator("[data-component-name='Search/SearchItem']").first();
  // Removes the results of the words before.
  await searchInput(page).fill("");
  await result.waitFor({ state: "hidden" });
  await searchInput(page).fill(words);
  // The search starts half a second after the last key.
  return isFulfilled(result.waitFor({ timeout: 5_000 }));
}

const isFulfilled = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => true,
    () => false,
  );

/** Is the heading in the visible part of the page? */
const inView = (page: Page, text: string): Promise<boolean> =>
  heading(page, text)
    .evaluate((node) => {
      const { top, bottom } = node.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    })
    .catch(() => false);

/** Serious and critical problems that axe finds, one per line. */
async function accessibilityProblems(page: Page): Promise<string[]> {
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

/** Every visible text and every label for screen readers, except code, field names and the texts of the document. */
function visibleLabels(): string[] {
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (
      !parentElement?.closest(
        "script, style, pre, code, .schema-name, [data-component-name='Markdown/Markdown']",
      )
    ) {
      texts.push((textContent ?? "").trim());
    }
  }
  for (const name of ["aria-label", "placeholder", "title"]) {
    for (const element of document.querySelectorAll(`[${name}]`))
      texts.push(element.getAttribute(name)?.trim() ?? "");
  }
  return texts.filter((text) => text !== "");
}
