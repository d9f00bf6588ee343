// The docs as a reader sees them: a file on disk, opened in a real browser without network access.
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { root } from "../../scripts/cli.js";
import { homeSlug, readIndex, withGuideLinks } from "../../scripts/docs/guides.js";
import { englishLabels } from "../../scripts/docs/labels.js";
import { nodesOf } from "../../scripts/docs/markdown.js";
import { barHeight } from "../../scripts/docs/redoc.js";
import { strings } from "../../scripts/docs/strings.js";
import type { Document } from "../../scripts/openapi/document.js";
import { operationsOf } from "../../scripts/openapi/operations.js";
import { clickButtons, observe } from "./buttons.js";
import { findChromium, goTo, howToInstall, launch, phone, type Screen, visit, wide } from "./chromium.js";

const chromium = findChromium();
if (!chromium)
  console.warn(
    `\nThe tests of the docs in a browser are skipped: Chromium isn't installed. ${howToInstall}\n`,
  );

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const screenshots = join(root, "dist/screenshots");
const guides = join(root, "spec/guides");
const slugs = readIndex(guides).map(({ slug }) => slug);

const searches = {
  en: "webhook, validate, retry, proxy, docker, bulk, test, idempotency, install, authentication, pagination, timeout, sandbox, error handling, duplicate",
  es: "idempotencia, clave de idempotencia, clave, credenciales, sandbox, modo de prueba, producción, paginación, reintentar, SDK, librería, instalar, instalación, cobro duplicado, duplicado, doble cobro, cargo, métodos de pago, Nequi, webhook, habeas data, referencia, manejo de errores, endpoint, timeout, llave de API, validar, proxy, docker, masivo, pruebas",
};

const languages = {
  en: { language: "en", name: "English", folder: "", home: "OnePay customers API", copy: "Copy" },
  es: { language: "es", name: "Spanish", folder: "es", home: "API de clientes de OnePay", copy: "Copiar" },
} as const;
// Each language is a project of vitest.config.ts, so that they run at the same time.
const { language, name, folder, home, copy } = languages[process.env.DOCS_LANGUAGE as "en" | "es"];
const docs = inject("docs");

describe.skipIf(!chromium)(`the docs in Chromium, in ${name}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    await mkdir(screenshots, { recursive: true });
    browser = await launch(chromium ?? "");
  });
  afterAll(() => browser?.close());

  const url = (hash = "") => `${pathToFileURL(join(docs, folder, "index.html"))}${hash}`;
  const open = (hash?: string, screen?: Screen) => visit(browser, url(hash), screen);
  const operations = () => {
    const document = JSON.parse(readFileSync(join(docs, folder, "openapi.json"), "utf8")) as Document;
    return [...operationsOf(document)].map(
      ({ operation: { operationId = "", summary = "", tags = [] } }) => ({
        summary,
        tag: tags[0] ?? "",
        hash: `#/${slug(tags[0] ?? "")}/${operationId.toLowerCase()}`,
      }),
    );
  };
  /** The file of a guide, with links that work anywhere. */
  const guideMarkdown = (name: string) =>
    withGuideLinks(
      readFileSync(join(docs, folder, `guides/${name}.md`), "utf8"),
      (to) => `${homepage}${folder && `${folder}/`}guides/${to}.md`,
    );
  const guideText = (name: string) => readFileSync(join(guides, language, `${name}.md`), "utf8");

  it("loads without a network, without requests and without errors", async () => {
    const { page, context, requests, problems } = await open();
    expect(await page.locator("h1").first().textContent()).toContain(home);
    await page.waitForTimeout(500);
    expect(requests).toEqual([]);
    expect(problems).toEqual([]);
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
    await context.close();
  });

  it("shows on its first screen what it is, the installation, the first call and the next steps", async () => {
    const { page, context } = await open();
    const section = page.locator(".api-content > div").first();
    const text = await section.innerText();
    expect(text).toContain("npm install onepay-client");
    expect(text).toContain("onepay.customers.create(");
    expect(text).not.toMatch(/license|licencia|evidenc|assumed|\(0\.1/i);
    const lastLink = await section.locator("li a").last().boundingBox();
    expect((lastLink?.y ?? 9_999) + (lastLink?.height ?? 0)).toBeLessThan(wide.height);
    const title = await section.locator("h1").boundingBox();
    expect(title?.height).toBeLessThan(60);
    await context.close();
  });

  it("opens every operation from the menu", async () => {
    const { page, context } = await open();
    for (const tag of new Set(operations().map((operation) => operation.tag))) {
      await page.locator(`.menu-content a[href$="#/${slug(tag)}"]`).click();
      for (const { summary, hash } of operations().filter((operation) => operation.tag === tag)) {
        await page.locator(`.menu-content a[href$="${hash}"]`).click();
        await heading(page, summary).waitFor();
        await expect.poll(() => inView(page, summary), { message: summary, timeout: 5_000 }).toBe(true);
      }
    }
    await context.close();
  });

  it("opens an operation and a guide by their addresses", async () => {
    const operation = operations().at(-1);
    const { page, context } = await open(operation?.hash);
    await expect.poll(() => inView(page, operation?.summary ?? ""), { timeout: 5_000 }).toBe(true);
    await context.close();

    const guide = await open("#/idempotency");
    const [title = ""] = /(?<=^# ).*/m.exec(guideText("idempotency")) ?? [];
    await expect.poll(() => inView(guide.page, title), { timeout: 5_000 }).toBe(true);
    await guide.context.close();
  });

  it("has a page for every link in a guide", async () => {
    const { page, context } = await open("#/getting-started");
    const links = [homeSlug, ...slugs].flatMap((name) =>
      nodesOf(guideText(name), "link").map((link) => link.url),
    );
    const hashes = new Set([
      ...links.filter((link) => link.startsWith("#/")),
      ...slugs.map((name) => `#/${name}`),
    ]);
    expect(hashes.size).toBeGreaterThan(slugs.length);
    for (const hash of hashes) {
      await goTo(page, hash);
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

  it("finds what people search for", async () => {
    const { page, context } = await open();
    const input = await openSearch(page);
    const items = page.locator("[data-component-name='Search/SearchItem']");
    const missing: string[] = [];
    for (const words of searches[language].split(", ")) {
      await input.fill(words);
      // The search starts half a second after the last key.
      await page.waitForTimeout(650);
      const found = await items
        .first()
        .waitFor({ timeout: 1_000 })
        .then(
          () => true,
          () => false,
        );
      if (!found) missing.push(words);
    }
    await page.screenshot({ path: join(screenshots, `${language}-search.png`) });
    expect(missing).toEqual([]);
    await context.close();
  }, 120_000);

  it("has no button that does nothing, on the home page and in the guides", async () => {
    const { page, context, problems } = await open();
    await observe(page);
    const isCopy = (label: string) => label === copy;
    for (const name of ["", ...slugs]) {
      await goTo(page, `#/${name}`);
      await page.locator(`.api-content [data-section-id="/${name}"] :is(h1, h2)`).first().waitFor();
      const clicked: string[] = [];
      for (const section of await sectionsOf(page, `/${name}`)) {
        await section.scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
        const clicks = await clickButtons(page, section, isCopy);
        expect(clicks.dead, name).toEqual([]);
        if (name !== "" && clicked.length === 0)
          expect(clicks.copies[0]?.trim(), name).toBe(guideMarkdown(name).trim());
        clicked.push(...clicks.clicked);
      }
      // One for the page, and one for each code block.
      const codeBlocks = nodesOf(guideText(name || homeSlug), "code").length;
      expect(clicked.filter(isCopy), name).toHaveLength(1 + codeBlocks);
    }
    expect(problems).toEqual([]);
    await context.close();
  }, 600_000);

  it("has no button that does nothing, in the operations", async () => {
    const { page, context, problems } = await open();
    await observe(page);
    for (const { hash, summary } of operations()) {
      await goTo(page, hash);
      const section = page.locator(`.api-content [data-section-id="${hash.slice(1)}"]`).first();
      await heading(page, summary).waitFor();
      const { clicked, dead } = await clickButtons(page, section, (label) => label === copy);
      expect(dead, summary).toEqual([]);
      expect(clicked.length, summary).toBeGreaterThan(5);
    }
    expect(problems).toEqual([]);
    await context.close();
  }, 600_000);

  it("has no button that does nothing, around the content", async () => {
    const { page, context } = await open();
    await observe(page);
    // The other tests click the buttons of the content.
    await page.evaluate(() => {
      for (const button of document.querySelectorAll(".api-content button"))
        button.setAttribute("data-clicked", "");
    });
    const { clicked, dead } = await clickButtons(page, page.locator("body"), (label) => label === copy);
    expect(dead).toEqual([]);
    expect(clicked.length).toBeGreaterThan(1);
    await context.close();
  }, 300_000);

  it("shows the code of the guides with colors", async () => {
    const { page, context } = await open("#/errors");
    const code = page.locator('[data-section-id^="/errors"] pre code').first();
    await code.waitFor();
    const colors = await code.evaluate((node) => [
      ...new Set([...node.querySelectorAll("span")].map((span) => getComputedStyle(span).color)),
    ]);
    expect(colors.length).toBeGreaterThan(3);
    await context.close();
  });

  it("shows the TypeScript sample of each operation without cutting it off", async () => {
    const { page, context } = await open();
    for (const { hash, summary } of operations()) {
      await goTo(page, hash);
      const code = page.locator(`[data-section-id="${hash.slice(1)}"] .panel-request-samples pre`).first();
      await code.waitFor();
      const hidden = await code.evaluate((node) => node.scrollWidth - node.clientWidth);
      expect(hidden, summary).toBeLessThanOrEqual(0);
    }
    await context.close();
  });

  it("offers each operation's samples and its payload", async () => {
    const { page, context } = await open("#/customers/createcustomer");
    await page.locator("a[href='#/customers/createcustomer']").first().waitFor();
    const panel = page.locator(".panel-request-samples").filter({ hasText: "idempotencyKeyFrom" }).first();
    await panel.waitFor();
    await panel.locator("button[aria-haspopup=menu]").nth(1).click();
    const offered = await page.locator("[role=menu]:visible [role=menuitem]").allInnerTexts();
    expect(offered.map((text) => text.trim())).toEqual([
      ...Object.values(strings[language].samples),
      strings[language].payload,
    ]);
    await context.close();
  });

  it("lists rejected requests among the examples of the payload", async () => {
    const { page, context } = await open("#/customers/createcustomer");
    const panel = page.locator(".panel-request-samples").filter({ hasText: "idempotencyKeyFrom" }).first();
    await panel.locator("button[aria-haspopup=menu]").nth(1).click();
    // By keyboard, because the page may still scroll and move the menu away from the mouse.
    await page.getByRole("menuitem", { name: strings[language].payload }).first().press("Enter");
    const payload = page.locator(".panel-request-samples").filter({ hasText: '"user_type"' }).first();
    await payload.locator("[data-testid=panel-body] button[aria-haspopup=menu]").first().click();
    const offered = (await page.locator("[role=menu]:visible [role=menuitem]").allInnerTexts()).join("\n");
    expect(offered).toContain(strings[language].rejected);
    await context.close();
  });

  it("marks the idempotency header as set by the client, and not as required in red", async () => {
    const { page, context } = await open("#/customers/createcustomer");
    const field = page.locator(".schema-property-item").filter({ hasText: "x-idempotency" }).first();
    await field.waitFor();
    expect(await field.innerText()).toContain(strings[language].setByClient);
    const redTexts = await field.evaluate((node) =>
      [...node.querySelectorAll("span")]
        .filter((span) => /^(required|obligatorio)$/.test(span.innerText))
        .map((span) => span.innerText),
    );
    expect(redTexts).toEqual([]);
    await context.close();
  });

  it.each(["", "#/errors", "#/evidence", "#/customers/createcustomer"])(
    "is as wide as the screen on a phone: %s",
    async (hash) => {
      const { page, context } = await open(hash, phone);
      await page.waitForTimeout(500);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        phone.width,
      );
      await page.screenshot({
        path: join(screenshots, `${language}-phone-${hash.split("/").at(-1) || "home"}.png`),
      });
      await context.close();
    },
  );

  it("scrolls long lines of code on a phone, with a visible scroll bar, instead of wrapping them", async () => {
    const { page, context } = await open("#/errors", phone);
    const code = page.locator('[data-section-id^="/errors"] pre').first();
    await code.waitFor();
    const { hidden, scrollBar, whiteSpace } = await code.evaluate((node) => ({
      hidden: node.scrollWidth - node.clientWidth,
      scrollBar: (node as HTMLElement).offsetHeight - node.clientHeight,
      whiteSpace: getComputedStyle(node).whiteSpace,
    }));
    expect(whiteSpace).toBe("pre");
    expect(hidden).toBeGreaterThan(0);
    expect(scrollBar).toBeGreaterThan(4);
    await context.close();
  });

  it("shows the first sample of an operation on the first screen of a phone", async () => {
    const { page, context } = await open("#/customers/createcustomer", phone);
    const sample = page
      .locator('[data-section-id="/customers/createcustomer"] .panel-request-samples pre')
      .first();
    await sample.waitFor();
    await expect.poll(async () => (await sample.boundingBox())?.y ?? 9_999).toBeLessThan(phone.height / 2);
    await context.close();
  });

  it("has its menu button in the bar on a phone, so that it covers no text", async () => {
    const { page, context } = await open("", phone);
    const button = page.locator("[data-testid=floating-button]");
    const box = await button.boundingBox();
    const title = await page.locator(".bar b").boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(barHeight);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(title?.x ?? 0);
    await button.click();
    await page.locator(".menu-content a[href$='#/customers']").click();
    const [first] = operations();
    await page
      .locator(".menu-content a")
      .filter({ hasText: first?.summary ?? "" })
      .first()
      .waitFor();
    await page.screenshot({ path: join(screenshots, `${language}-phone-menu.png`) });
    await context.close();
  });

  const places = ["", "#/evidence", "#/errors", "#/customers/listcustomers", "#/customers/createcustomer"];
  it.each([
    ["wide", "light", wide, places],
    ["wide", "dark", { ...wide, colorScheme: "dark" as const }, places],
    ["on a phone", "light", phone, places.slice(0, 3)],
    ["on a phone", "dark", { ...phone, colorScheme: "dark" as const }, places.slice(0, 3)],
  ])("is accessible: %s, %s", async (_size, _scheme, screen, hashes) => {
    const { page, context } = await open(hashes[0], screen);
    for (const hash of hashes) {
      await goTo(page, hash);
      expect(await accessibilityProblems(page), hash).toEqual([]);
    }
    await context.close();
  });

  it("saves screenshots in dist/screenshots", async () => {
    for (const [name, hash, screen] of [
      ["home", "", wide],
      ["guide", "#/idempotency", wide],
      ["operation", "#/customers/createcustomer", wide],
      ["operation-dark", "#/customers/createcustomer", { ...wide, colorScheme: "dark" }],
      ["evidence", "#/evidence", { width: 1440, height: 2400 }],
    ] satisfies [string, string, Screen][]) {
      const { page, context } = await open(hash, screen);
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(screenshots, `${language}-${name}.png`) });
      await context.close();
    }
  });

  it.runIf(language === "es")("shows none of Redoc's English labels on the Spanish page", async () => {
    const { page, context } = await open();
    const labels = new Set<string>();
    const collect = async () => {
      for (const text of await page.evaluate(visibleLabels)) labels.add(text);
    };
    // First the search: Redoc closes it when another page has rendered, which takes long on a busy machine.
    const input = await openSearch(page);
    await collect();
    for (const words of ["sk_test", "phone", "OnePay", "customer"]) {
      await input.fill(words);
      await page.waitForTimeout(700);
      await collect();
    }
    await page.keyboard.press("Escape");
    await input.waitFor({ state: "hidden" });
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

const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { homepage: string };

const slug = (tag: string): string => tag.toLowerCase().replaceAll(" ", "-");

const heading = (page: Page, text: string) =>
  page.locator(".api-content :is(h1, h2)").filter({ hasText: text }).first();

/** Opens the search, and returns its input. */
async function openSearch(page: Page): Promise<Locator> {
  await page.locator("[data-testid=search-trigger]:visible").first().click();
  const input = page.locator("[data-component-name='Search/SearchInput'] input").first();
  await input.waitFor();
  return input;
}

/** The sections of a page: its introduction, and one for each heading. */
async function sectionsOf(page: Page, path: string): Promise<Locator[]> {
  const ids = await page.evaluate(
    (start) =>
      [...document.querySelectorAll<HTMLElement>(".api-content [data-section-id]")]
        .map((element) => element.dataset.sectionId ?? "")
        .filter((id) => id === start || (start !== "/" && id.startsWith(`${start}/`))),
    path,
  );
  return [...new Set(ids)].map((id) => page.locator(`.api-content [data-section-id="${id}"]`).first());
}

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
