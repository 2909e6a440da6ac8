import { readFile } from 'node:fs/promises';
import { eventually } from '@concentric/testing';
import type { Page } from 'playwright-core';
import { chromiumPath, visibleText } from './browser';
import { Desk, filtered } from './desk';
import { ADMIN_PASSWORD } from './running-console';

jest.setTimeout(180_000);

const inChromium = chromiumPath ? describe : describe.skip;
const PAGES = [
  '/',
  '/members',
  '/touchpoints',
  '/partner-tree',
  '/partners',
  '/bindings',
  '/partner-tree/import',
  '/plans',
  '/plans/create',
  '/imports/create',
  '/statements',
  '/periods',
  '/disputes',
  '/adjustments',
  '/payouts',
  '/bank-lines',
  '/payees',
  '/withholding-rules',
  '/recalculations',
  '/commission-lines',
  '/held-orders',
  '/held-refunds',
  '/ledger',
  '/board',
  '/orders',
  '/refunds',
  '/products',
  '/imports',
  '/dead-letters',
  '/operators',
  '/departments',
];
/** What a message key looks like when nobody has translated it. */
const KEY =
  /\b(resources|words|menu|workspace|home|why|empty|intro|ra|order|member|partner|statement|review|plan|list|problem|work|imports|board|indicator|dead|period|held|ledger|adjustment|payout|payee|bank|dispute|finding|withholding|recalculation|proposal|department|operator|touchpoint)\.[a-z_]+(\.[a-zA-Z_]+)*\b/g;
/** Words of ours that a Chinese page must not show. */
const ENGLISH =
  /\b(Orders|Statements|Members|Partners|Periods|Commission|Refunds|Products|Imports|Approved|Draft|In review|Home|Nothing|Earned|Add filter|Create)\b/g;

inChromium(`the console in Chromium${chromiumPath ? '' : ' (skipped: TEST_CHROMIUM names no browser)'}`, () => {
  const desk = new Desk();

  it('refuses a wrong password without saying which part was wrong, and takes the right one', async () => {
    const page = await desk.stranger({ locale: 'zh-CN' });
    await page.fill('input[name=username]', 'admin');
    await page.fill('input[name=password]', 'not the password');
    await page.click('button[type=submit]');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).not.toMatch(KEY);
    await page.fill('input[name=password]', ADMIN_PASSWORD);
    await page.click('button[type=submit]');
    await page.getByRole('heading', { name: /您好$/ }).waitFor();
  });

  it('speaks Chinese everywhere to a Chinese browser, with no key and no English of ours left', async () => {
    const page = await desk.as('admin');
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
    for (const route of PAGES) {
      await desk.go(page, route);
      const text = await visibleText(page);
      problems.push(...[...text.matchAll(KEY), ...text.matchAll(ENGLISH)].map(([found]) => `${route}: ${found}`));
    }
    expect(problems).toEqual([]);
  });

  it('switches to English and remembers it', async () => {
    const page = await desk.as('admin');
    await page.getByRole('button', { name: '简体中文' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page
      .getByRole('menuitem', { name: 'Statements' })
      .or(page.getByRole('menuitem', { name: 'Review' }))
      .first()
      .waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /^Hello/ }).waitFor();
    const problems: string[] = [];
    for (const route of ['/', '/statements', '/plans', '/commission-lines', '/periods', '/members']) {
      await desk.go(page, route);
      problems.push(...[...(await visibleText(page)).matchAll(KEY)].map(([found]) => `${route}: ${found}`));
    }
    expect(problems).toEqual([]);
  });

  it('shows the circle with every segment a named link that the keyboard reaches', async () => {
    const page = await desk.as('admin');
    const links = page.getByTestId('circle').getByRole('link');
    await links.nth(1).waitFor();
    const names = await links.evaluateAll((all) => all.map((link) => link.getAttribute('aria-label') ?? ''));
    expect(names.length).toBeGreaterThan(5);
    expect(names.every((name) => name.trim() !== '')).toBe(true);
    await links.first().focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.closest("[data-testid=circle]") ? "inside" : "outside"')).toBe('inside');
    expect(names.join(' ')).toContain('尚无人员');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/\w/);
  });

  it('is an ordered list on a phone, with no page wider than the screen', async () => {
    const page = await desk.as('admin', undefined, { viewport: { width: 390, height: 800 } });
    await page.getByTestId('circle-list').waitFor();
    const wide: string[] = [];
    for (const route of ['/', '/statements', '/commission-lines', '/orders', '/partner-tree', '/board']) {
      await desk.go(page, route);
      if (await page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth')) wide.push(route);
    }
    expect(wide).toEqual([]);
  });

  it('pages through the orders and back', async () => {
    const page = await desk.as('maker', '/orders?perPage=25&page=1');
    await page.getByTestId('range').waitFor();
    expect(await page.getByTestId('range').innerText()).toContain(`1–25 条，共 ${desk.brand.orderCount} 条`);
    const first = await page.locator('tbody tr').first().innerText();
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByText(`26–50 条，共 ${desk.brand.orderCount} 条`).waitFor();
    // The rows of the page before may still stand there for a moment.
    const top = () => page.locator('tbody tr').first().innerText();
    await eventually('other rows', async () => (await top()) !== first);
    await page.getByRole('button', { name: '上一页' }).click();
    await page.getByText(`1–25 条，共 ${desk.brand.orderCount} 条`).waitFor();
    await eventually('the rows before', async () => (await top()) === first);
  });

  it('opens a customer with masked identities, and shows them for a reason', async () => {
    const page = await desk.as('members', '/members');
    await page.locator('tbody tr').first().click();
    await page.getByRole('heading', { name: '等级变化' }).waitFor();
    expect(await visibleText(page)).not.toMatch(/1390000\d{4}/);
    await page.getByRole('button', { name: '显示明文' }).click();
    await page.getByRole('textbox', { name: '理由' }).fill('客户来电核对');
    await page.getByRole('dialog').getByRole('button', { name: '显示明文' }).click();
    await page
      .getByText(/1390000\d{4}/)
      .first()
      .waitFor();
  });

  it('shows the network as it stood on two dates', async () => {
    const page = await desk.as('author');
    const childrenOf = async (name: string, date: string) => {
      await desk.go(page, `/partner-tree?asOf=${date}`);
      const branch = page.getByRole('treeitem', { name: new RegExp(name), level: 1 });
      await branch.waitFor();
      // Branches stay open when the date changes.
      if ((await branch.getAttribute('aria-expanded')) === 'false') await branch.getByRole('button').first().click();
      const below = branch.getByRole('treeitem', { level: 2 });
      await below.first().waitFor();
      return below.count();
    };
    expect(await childrenOf('华东经销商', '2025-01-10')).toBe(2);
    expect(await childrenOf('华东经销商', '2025-01-20')).toBe(1);
    expect(await childrenOf('华南经销商', '2025-01-20')).toBe(1);
  });

  it('explains an amount down to the order and the rule', async () => {
    const page = await desk.as('maker', '/commission-lines');
    await page.getByRole('button', { name: '金额由来' }).first().click();
    const why = page.getByTestId('why');
    await why.getByText('如何计算').waitFor();
    const text = await why.innerText();
    expect(text).toMatch(/B10\d\d/);
    expect(text).toMatch(/基础分润 Basic · 第 1 版/);
    expect(text).toMatch(/× [25]%/);
    // Finance reads no members, so it is told the end of a number and not led to a page that it may not see.
    expect(text).toMatch(/购买人\s+…\w{6} ·/);
    expect(await why.getByRole('link', { name: '客户页面' }).count()).toBe(0);
  });

  it('lets one submit and another approve; the author of a review finds nothing to approve', async () => {
    const maker = await desk.as('maker', filtered('statements', { state: 'DRAFT' }));
    await maker.getByTestId('totals').waitFor();
    await maker.locator('thead input[type=checkbox]').check();
    await maker.getByRole('button', { name: /提交审核（\d+）/ }).click();
    await maker.getByRole('dialog').getByText('须由他人批准').waitFor();
    await maker.getByRole('dialog').getByRole('button', { name: '提交审核' }).click();
    await maker.getByText(/已提交 \d+ 张结算单/).waitFor();
    await desk.go(maker, filtered('statements', { state: 'IN_REVIEW' }));
    await maker.getByText('审核中').first().waitFor();
    // The rows of the filter before may still stand there for a moment.
    await eventually('nothing left to tick', async () => (await maker.locator('tbody input[type=checkbox]:enabled').count()) === 0);

    const checker = await desk.as('checker', filtered('statements', { state: 'IN_REVIEW' }));
    await checker.getByTestId('totals').waitFor();
    const inHand = checker.getByTestId('in-hand');
    await inHand.getByText('本页第 1 张', { exact: false }).waitFor();
    await checker.locator('tbody input[type=checkbox]').first().check();
    await checker.keyboard.press('j');
    await inHand.getByText('本页第 2 张', { exact: false }).waitFor();
    await checker.getByRole('combobox', { name: '状态' }).click();
    await checker.getByRole('listbox').waitFor();
    await checker.keyboard.press('p');
    expect(await checker.getByRole('dialog').count()).toBe(0);
    await checker.keyboard.press('Escape');
    await checker.getByRole('listbox').waitFor({ state: 'detached' });
    await (await desk.key(checker, 'p')).getByRole('button', { name: '批准' }).click();
    await checker.getByText('已批准 1 张结算单').waitFor();
    await desk.go(checker, filtered('statements', { period: '2025-01' }));
    // What is approved may have gone on by itself.
    await checker
      .locator('tbody')
      .getByText(/^(已批准|已公布|已确认|待付款|已结转)$/)
      .first()
      .waitFor();
  });

  it('walks the review from page to page by keys, and finds on the way back what was in hand', async () => {
    const checker = await desk.as('checker', `${filtered('statements', { period: '2025-01' })}&perPage=3&page=1&sort=id&order=ASC`);
    const at = (place: string) => checker.getByTestId('in-hand').getByText(place, { exact: false }).waitFor();
    for (const place of ['本页第 1 张，共 3 张', '本页第 2 张', '本页第 3 张']) {
      await at(place);
      await checker.keyboard.press('j');
    }
    await at('本页第 1 张，共 1 张');
    await checker.keyboard.press('k');
    await at('本页第 3 张，共 3 张');
    await checker.keyboard.press('k');
    await at('本页第 2 张');
    await checker.keyboard.press('o');
    await checker.getByTestId('timeline').waitFor();
    await checker.goBack();
    await at('本页第 2 张，共 3 张');
  });

  it('exports what the filter shows, in words of the person and without personal data', async () => {
    const exported = async (page: Page, button: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
      return (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    };
    const maker = await desk.as('maker', filtered('orders', { channel: 'till' }));
    await maker.getByTestId('range').waitFor();
    const orders = await exported(maker, '导出');
    expect(orders[0]).toContain('订单号,下单时间,渠道');
    expect(orders).toHaveLength(1 + desk.brand.orderCount / 2);
    expect(orders.slice(1).every((row) => row.includes('门店收银') && row.includes('已完成'))).toBe(true);

    const members = await desk.as('members', '/members', { locale: 'en-GB' });
    await members.getByTestId('range').waitFor();
    const rows = await exported(members, 'Export');
    expect(rows[0]).toContain('Member since');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.join(' ')).not.toMatch(/1390000|\*\*/);
  });

  it('brings a network file in and says in Chinese what was refused', async () => {
    const page = await desk.as('author', '/partner-tree');
    await page.getByRole('link', { name: '导入渠道文件' }).click();
    const file = (csv: string) => ({ name: 'network.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByTestId('import-file').setInputFiles(file('code,kind,name\nS3,store,x\n'));
    await page.getByTestId('import-mismatch').getByText('文件表头缺少：type').waitFor();
    const rows = ['code,type,name,parentCode', 'S3,store,解放路店 Jiefang Road,D1', 'S4,store,孤店 Orphan,D9'];
    await page.getByTestId('import-file').setInputFiles(file(rows.join('\n')));
    await page.getByRole('button', { name: '开始导入' }).click();
    await page.getByText('部分行被拒绝，其余已导入。').waitFor();
    await page.getByRole('cell', { name: '没有渠道商使用该上级编码' }).waitFor();
    await desk.go(page, '/partners');
    await page.getByRole('link', { name: '解放路店 Jiefang Road' }).waitFor();
  });

  it('shows what is wrong with a plan at its fields, keeps it as a draft, and lets another put it in force', async () => {
    const author = await desk.as('author', '/plans', { locale: 'en-GB' });
    await author.getByRole('link', { name: 'Next version' }).click();
    await author.getByLabel('Valid from').fill('2026-06-01T00:00');
    await author.getByLabel('Budget in % of the net amount').fill('6');
    await author.getByRole('button', { name: 'Save' }).click();
    await author.getByText('The shares together exceed the budget', { exact: true }).waitFor();
    await author.getByLabel('Budget in % of the net amount').fill('7.5');
    await author.getByRole('button', { name: 'Save' }).click();
    const draft = author.getByRole('article').filter({ hasText: 'version 2' });
    await draft.getByText('Draft').waitFor();

    const approver = await desk.as('approver', '/plans');
    await approver.getByRole('button', { name: '启用' }).click();
    await approver.getByRole('dialog').getByRole('button', { name: '启用' }).click();
    await approver.getByText('方案已启用。').waitFor();
  });

  it('imports a file with one bad row and hands that row back with what to do', async () => {
    const page = await desk.as('operations', '/imports/create');
    const csv = 'sku,name,category\nCUP,茶杯 Cup,ware\n,没有编码 No code,ware\n';
    await page.getByTestId('import-file').setInputFiles({ name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    expect(await page.getByRole('combobox', { name: '渠道' }).count()).toBe(0);
    await page.getByRole('button', { name: '开始导入' }).click();
    await page.getByText('已完成').waitFor();
    await page.getByRole('cell', { name: 'sku' }).waitFor();
    expect(await visibleText(page)).not.toMatch(/Invalid|expected|Fill|Send/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载被拒的行' }).click()]);
    const rejects = await readFile(await download.path(), 'utf8');
    expect(rejects.trim().split('\n')).toHaveLength(2);
    expect(rejects).toContain('sku');
    await desk.go(page, '/products');
    await page.getByText('茶杯 Cup').waitFor();
  });
});
