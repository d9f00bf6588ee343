// Starts the Chromium that is installed on the machine. Nothing is downloaded.
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const paths = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of the browser, or `undefined`. In CI, a missing browser is an error. */
export function findChromium(): string | undefined {
  const found = paths.find((path) => path && existsSync(path));
  if (!found && process.env.CI) throw new Error(`Chromium isn't installed. ${howToInstall}`);
  return found;
}

export const howToInstall =
  "Install it (Debian: apt-get install chromium), or set the environment variable CHROMIUM to its path.";

export const launch = (executablePath: string, args: string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath,
    // A user sees scroll bars.
    ignoreDefaultArgs: ["--hide-scrollbars"],
    args: [
      ...args,
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Addresses that the page requested, except its own. */
  requests: string[];
  /** Exceptions, and errors and warnings in the console. */
  problems: string[];
}

export interface Screen {
  width: number;
  height: number;
  colorScheme?: "light" | "dark";
}

export const wide: Screen = { width: 1440, height: 900 };
export const phone: Screen = { width: 390, height: 844 };
export const wideDark: Screen = { ...wide, colorScheme: "dark" };
export const phoneDark: Screen = { ...phone, colorScheme: "dark" };

/** Opens a file without network access, and waits until Redoc has rendered it. */
export async function visit(
  browser: Browser,
  url: string,
  { width, height, colorScheme = "light" } = wide,
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, offline: true });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const requests: string[] = [];
  const problems: string[] = [];
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url.split("#")[0] && !request.url().startsWith("data:"))
      requests.push(request.url());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  await page.addInitScript(`Object.assign(window, { until: ${until}, settle: ${settle} })`);
  await page.goto(url);
  await page.locator(".menu-content a").first().waitFor({ state: "attached" });
  // Redoc renders a section when it comes into view.
  await page.locator(".api-content h1, .api-content h2").first().waitFor();
  return { page, context, requests, problems };
}

/** Opens another place of the page, and waits until Redoc has rendered it. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(async (to) => {
    location.hash = to;
    const section = `.api-content [data-section-id="${to.slice(1) || "/"}"]`;
    // An empty section isn't rendered yet. The page of an unknown address has no content.
    const isRendered = () =>
      document.querySelector(`${section} > *`) !== null || document.querySelector(".api-content") === null;
    await window.until(isRendered, 10_000);
    await window.settle();
  }, hash);
}

declare global {
  /** What `visit` adds to the page. */
  interface Window {
    until: typeof until;
    settle: typeof settle;
  }
}

/** Waits until the condition is true, and returns false if it isn't within the time. */
async function until(isTrue: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!isTrue()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

/** Waits until the page hasn't changed for some milliseconds, 10 s at most. */
async function settle(quiet = 100): Promise<void> {
  let lastChange = performance.now();
  const observer = new MutationObserver(() => {
    lastChange = performance.now();
  });
  observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  await window.until(() => performance.now() - lastChange > quiet, 10_000);
  observer.disconnect();
}
