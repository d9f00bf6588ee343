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
  await page.goto(url);
  await page.locator(".menu-content a").first().waitFor({ state: "attached" });
  // Redoc renders a section when it comes into view.
  await page.locator(".api-content h1, .api-content h2").first().waitFor();
  return { page, context, requests, problems };
}

/** Opens another place of the page. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.waitForTimeout(400);
}
