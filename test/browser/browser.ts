import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { ADMIN_PASSWORD } from './running-console';
import { PASSWORD } from './small-brand';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long something may take to appear on a busy machine, in milliseconds. */
export const PATIENCE = 40_000;

/** Path of Chromium; without it the browser specs are skipped by name. */
export const chromiumPath = process.env['TEST_CHROMIUM'];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: ARGUMENTS });

/** A session as the console keeps it, fetched once per person: a sign-in is slow on purpose, and limited in number. */
const sessions = new Map<string, Promise<string>>();

async function sessionOf(url: string, name: string): Promise<string> {
  const body = JSON.stringify({ name, password: name === 'admin' ? ADMIN_PASSWORD : PASSWORD });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/organization/sign-in`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`sign-in of ${name} answered ${response.status}`);
  return response.text();
}

/** A page of the console as somebody who has signed in sees it, with storage of its own. */
export async function pageOf(
  browser: Browser,
  url: string,
  name: string,
  route: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const known = sessions.get(url + name) ?? sessionOf(url, name);
  sessions.set(url + name, known);
  const origins = [{ origin: url, localStorage: [{ name: 'concentric.session', value: await known }] }];
  const storageState = { cookies: [], origins };
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    locale: 'zh-CN',
    storageState,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await open(page, url, route);
  return page;
}

/** Everything a person can read on the page. */
export const visibleText = (page: Page): Promise<string> => page.evaluate<string>('document.body.innerText');

/** Opens a page of the console anew, and waits until nothing is loading any more. */
export async function open(page: Page, url: string, route: string): Promise<void> {
  // By the part behind the # alone, rows of the list before would stand there until those of this one have come.
  if (page.url().startsWith(url)) await page.goto('about:blank');
  await page.goto(`${url}/#${route}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
}
