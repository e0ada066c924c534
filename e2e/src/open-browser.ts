import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/find-chromium.ts';

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page, and all that went wrong on it. */
export type WatchedPage = {
  readonly page: Page;
  /** Errors of the console, thrown errors, CSP violations, dialogs, answers of 500 and above: to be empty. */
  readonly faults: readonly string[];
};

/** The Chromium of this machine. */
export type TestBrowser = {
  openPage(options?: BrowserContextOptions): Promise<WatchedPage>;
  close(): Promise<void>;
};

/**
 * Starts the machine's Chromium.
 *
 * @throws when there is none; the test command leaves these tests out where there is none.
 */
export async function openBrowser(): Promise<TestBrowser> {
  const executablePath = findChromium({ env: process.env, platform: process.platform, exists: existsSync });
  if (executablePath === undefined) throw new Error('No Chromium was found: install it, or point CHROME_PATH at one.');
  // Chromium refuses its sandbox to root, which is who runs tests in a container.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, ...sandbox] });
  return { openPage: (options) => openPage(browser, options), close: () => browser.close() };
}

async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC', viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('response', (response) => response.status() >= 500 && faults.push(`${response.status()} ${response.url()}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('reportViolation', (text: string) => faults.push(`CSP: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(globalThis, 'reportViolation');
      if (typeof report === 'function') report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return { page, faults };
}
