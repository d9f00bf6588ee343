// A Chromium that stands on the machine; nothing is downloaded.
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser to use, or `undefined`. In CI its absence is a fault, not a reason to look away. */
export function findChromium(): string | undefined {
  const found = places.find((place) => place && existsSync(place));
  if (!found && process.env.CI) throw new Error(`There is no Chromium on this machine. ${howToGetOne}`);
  return found;
}

export const howToGetOne =
  "Install one (Debian: apt-get install chromium), or name one in the environment variable CHROMIUM.";

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
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
  /** Addresses that the page asked for beside itself. */
  asked: string[];
  /** What the page complained of: errors, and lines on the console that are errors or warnings. */
  complaints: string[];
}

export interface Screen {
  width: number;
  height: number;
  colorScheme?: "light" | "dark";
}

export const wide: Screen = { width: 1440, height: 900 };
export const phone: Screen = { width: 390, height: 844 };

/** Opens a file with the network blocked, and waits until Redoc has taken over. */
export async function visit(
  browser: Browser,
  url: string,
  { width, height, colorScheme = "light" } = wide,
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, offline: true });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url.split("#")[0] && !request.url().startsWith("data:"))
      asked.push(request.url());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url);
  await page.locator(".menu-content a").first().waitFor({ state: "attached" });
  // Redoc draws a page's sections when they are wanted.
  await page.locator(".api-content h1, .api-content h2").first().waitFor();
  return { page, context, asked, complaints };
}
