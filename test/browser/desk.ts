import { setClocks, type Session } from '@concentric/replay';
import { eventually } from '@concentric/testing';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launch, open, pageOf, PATIENCE } from './browser';
import { type RunningConsole, startConsole } from './running-console';
import { loadSmallBrand, type SmallBrand } from './small-brand';

/**
 * One running console with its small brand for all steps of a spec, and the pages that people open in it. To be made inside
 * a `describe`: it starts before the first step and closes what each step has opened.
 */
export class Desk {
  brand!: SmallBrand;
  private server!: RunningConsole;
  private browser!: Browser;
  private readonly pages: Page[] = [];
  private readonly sessions = new Map<string, Session>();

  constructor(options: { autoClose?: boolean } = {}) {
    beforeAll(async () => {
      this.server = await startConsole();
      this.brand = await loadSmallBrand(this.server.url, options);
      this.browser = await launch();
    });
    afterEach(async () => {
      await Promise.all(this.pages.splice(0).map((page) => page.context().close()));
    });
    afterAll(async () => {
      await this.browser?.close();
      await this.server?.close();
    });
  }

  get url(): string {
    return this.server.url;
  }

  get dataFolder(): string {
    return this.server.dataFolder;
  }

  /** The home page of somebody who has signed in; with a route, that page. */
  async as(name: string, route = '/', options?: BrowserContextOptions): Promise<Page> {
    const page = await pageOf(this.browser, this.url, name, route, options);
    this.pages.push(page);
    return page;
  }

  /** A browser that nobody has signed in with. */
  async stranger(options: BrowserContextOptions): Promise<Page> {
    const page = await (await this.browser.newContext(options)).newPage();
    this.pages.push(page);
    page.setDefaultTimeout(PATIENCE);
    await page.goto(this.url);
    return page;
  }

  go(page: Page, route: string): Promise<void> {
    return open(page, this.url, route);
  }

  /** Somebody's session with the services, for the steps that are not looked at; one sign-in each. */
  api(name: string): Session {
    const session = this.sessions.get(name) ?? this.brand.as(name);
    this.sessions.set(name, session);
    return session;
  }

  path(rest: string): string {
    return `/brands/${this.brand.brandId}/${rest}`;
  }

  /** The first rows of a list of distribution. */
  async read<T>(rest: string): Promise<T[]> {
    return (await this.api('auditor').get<{ data: T[] }>('distribution', this.path(rest))).data;
  }

  async changeSettings(changes: object): Promise<void> {
    const settings = await this.api('approver').get<object>('distribution', this.path('settings'));
    await this.api('approver').put('distribution', this.path('settings'), { ...settings, ...changes });
  }

  moveClocks(instant: string, services?: Parameters<typeof setClocks>[2]): Promise<void> {
    return setClocks(this.api('operations'), Date.parse(instant), services);
  }

  /**
   * Presses a key of the queue until what it opens stands there, as a person would: the queue takes no key while a
   * dialog is closing.
   */
  async key(page: Page, key: string): Promise<Locator> {
    const dialog = page.getByRole('dialog');
    await eventually(`what ${key} opens`, async () => {
      await page.keyboard.press(key);
      return dialog.waitFor({ timeout: 2_000 }).then(() => true);
    });
    return dialog;
  }

  /** Presses a button, gives the reason if one is asked for, and confirms what it brings about. */
  async press(page: Page, name: string | RegExp, reason?: string, within: Page | Locator = page): Promise<void> {
    await within
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
    // Not the drawer that the button may stand in: what asks can be cancelled.
    const dialog = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: /^(取消|Cancel)$/ }) });
    if (reason !== undefined) await dialog.getByRole('textbox', { name: /理由|Reason/ }).fill(reason);
    await dialog.getByRole('button').last().click();
    await dialog.waitFor({ state: 'detached' });
  }
}

/** A route of a list with a filter, as the console keeps it in its address. */
export const filtered = (path: string, filter: object) => `/${path}?filter=${encodeURIComponent(JSON.stringify(filter))}`;
