import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** The path of Chromium in Debian's package, unless the variable names another one. */
const CHROMIUM = process.env['SOUK_CHROMIUM'] ?? '/usr/bin/chromium';
/** A high limit for slow machines. Every wait normally ends as soon as its condition holds. */
const TIMEOUT_MS = 90_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @throws Error when Chromium is not installed */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`${CHROMIUM} is missing: run "apt-get install chromium", or set SOUK_CHROMIUM to the path of one.`);
  }
  // Chromium's sandbox needs privileges that CI containers do not have.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'], timeout: TIMEOUT_MS });
}

/** Opens a page in a new browser context, without data of other tests. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(TIMEOUT_MS);
  return context.newPage();
}

/** Collects the uncaught errors of the page's scripts, and violations of its content security policy. */
export function uncaughtErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy')) errors.push(message.text());
  });
  return errors;
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/**
 * Violations of WCAG 2.1 AA and of axe's best practices, as text. `evaluate` runs axe although the page's content security policy forbids
 * injected scripts.
 */
export async function accessibilityViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const violations: readonly Violation[] = await page.evaluate(`(async () => {
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
    return (await axe.run({ runOnly })).violations;
  })()`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

/** The number of pixels by which the page is wider than the window. */
export async function overflowPx(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}
