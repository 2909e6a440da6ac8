import { readFile } from 'node:fs/promises';
import type { PayoutItemState, statementRow } from '@concentric/contracts';
import { eventually } from '@concentric/testing';
import { chromiumPath, visibleText } from './browser';
import { Desk, filtered } from './desk';
import { irregularMonth } from './irregular-month';

jest.setTimeout(180_000);

const inChromium = chromiumPath ? describe : describe.skip;

interface Item {
  id: string;
  partnerCode: string;
  state: PayoutItemState;
  amountMinor: number;
}

/** Two months: one to the bank, one in which much has to be corrected. Each step builds on the one before. */
inChromium(`finance and treasury in Chromium${chromiumPath ? '' : ' (skipped: TEST_CHROMIUM names no browser)'}`, () => {
  const desk = new Desk({ autoClose: false });

  beforeAll(async () => {
    const { data } = await desk.api('members').get<{ data: { customerId: string }[] }>('membership', desk.path('members?limit=1'));
    const person = { customerId: data[0]?.customerId, reason: 'the owner of the shop' };
    await desk.api('author').put('distribution', desk.path(`partners/${desk.brand.partnerIds['S1']}/person`), person);
  });

  it('closes a period by two people: who started it finds nothing to close', async () => {
    const maker = await desk.as('maker', '/periods');
    await desk.press(maker, '发起关账');
    await maker.getByText('由您发起关账，须由他人完成。').waitFor();
    expect(await maker.getByRole('button', { name: '关账', exact: true }).count()).toBe(0);
    const checker = await desk.as('checker', '/periods');
    await desk.press(checker, '关账');
    await checker.getByText('已关账', { exact: true }).waitFor();
    await eventually('statements', async () =>
      (await desk.read<{ findings: number | null }>('statements')).some(({ findings }) => findings !== null),
    );
  });

  it('opens the review on what is unusual, with its figures, and accepts it by keyboard', async () => {
    const maker = await desk.as('maker');
    await maker.getByRole('link', { name: /^待提交审核的结算单 4/ }).click();
    const inHand = maker.getByTestId('in-hand');
    await inHand.getByText(/本人购买: 2 条明细共 ¥13\.90/).waitFor();
    expect(await maker.locator('tbody tr').count()).toBe(4);
    await maker.getByRole('menuitem', { name: '结算审核' }).click();
    await eventually('only what is unusual', async () => (await maker.locator('tbody tr').count()) === 1);
    await inHand.getByText(/客户 …\w{6}/).waitFor();
    await maker.keyboard.press('w');
    await maker.getByTestId('figures').getByText('¥260.00').first().waitFor();
    await maker.keyboard.press('Escape');
    await maker.getByTestId('figures').waitFor({ state: 'detached' });
    await (await desk.key(maker, 'a')).getByRole('textbox').fill('店主自用，已核对');
    await maker.getByRole('dialog').getByRole('button').last().click();
    await inHand.getByText('店主自用，已核对').waitFor();
    await desk.key(maker, 's');
    await maker.getByTestId('effect').getByText('1 · ¥260.00').waitFor();
    await maker.getByRole('dialog').getByRole('button').last().click();
    await maker.getByText('没有等您处理的异常。').waitFor();
  });

  it('submits in bulk what is not unusual, but not what was sent back: its reason is read and it is submitted on its own', async () => {
    const maker = await desk.as('maker', '/statements');
    await maker.getByRole('button', { name: '提交无异常的结算单' }).click();
    await maker.getByRole('dialog').getByText('3 张结算单将进入审核', { exact: false }).waitFor();
    await maker.getByRole('dialog').getByRole('button').last().click();
    await maker.getByText('已提交 3 张结算单').waitFor();
    const [row] = await desk.read<(typeof statementRow)['_output']>('statements?state=IN_REVIEW&exceptional=false');
    const items = [{ statementId: row?.id, fingerprint: row?.fingerprint }];
    await desk.api('checker').post('distribution', desk.path('statements/reject'), { items, reason: '请核对运费补贴' });
    await desk.go(maker, filtered('statements', { state: 'DRAFT' }));
    await maker.getByTestId('in-hand').getByText('已退回：请核对运费补贴').waitFor();
    await maker.locator('tbody').getByText('已退回：请核对运费补贴').waitFor();
    await maker.getByRole('button', { name: '提交无异常的结算单' }).click();
    await maker.getByText('1 张曾被退回', { exact: false }).waitFor();
    expect(await maker.getByRole('dialog').count()).toBe(0);
    await (await desk.key(maker, 's')).getByRole('button').last().click();
    await maker.getByText('已提交 1 张结算单').waitFor();
  });

  it('approves in bulk what is not unusual, after showing what it comes to; totals equal the list', async () => {
    const checker = await desk.as('checker', filtered('statements', { state: 'IN_REVIEW' }));
    await checker.getByTestId('totals').getByText('¥540.40').waitFor();
    const listed = await checker.locator('tbody tr td:last-child').allInnerTexts();
    const sum = listed.reduce((total, text) => total + Number(text.replace(/[^\d]/g, '')), 0);
    expect(sum).toBe(54_040);
    await checker.getByRole('button', { name: /批准无异常的 3 张/ }).click();
    await checker.getByTestId('effect').getByText('3 · ¥280.40').waitFor();
    await checker.getByRole('dialog').getByRole('button').last().click();
    await checker.getByText('已批准 3 张结算单').waitFor();
    await desk.go(checker, '/statements');
    await checker.getByRole('tab', { name: '有异常', selected: true }).waitFor();
    await (await desk.key(checker, 'p')).getByRole('button').last().click();
    await checker.getByText('已批准 1 张结算单').waitFor();
    await eventually('the seal', async () => (await desk.read<{ state: string }>('periods')).some(({ state }) => state === 'SEALED'));
  });

  it('lets a partner see its figures, confirm, and say where it is paid, in English on a phone', async () => {
    await eventually('publication', async () => (await desk.read('statements?state=PUBLISHED')).length === 4);
    const partner = await desk.as('store-one', '/', { locale: 'en-GB', viewport: { width: 390, height: 800 } });
    const { id } = (await desk.read<{ id: string; partnerCode: string }>('statements')).find(({ partnerCode }) => partnerCode === 'S1')!;
    const checker = await desk.as('checker', `/statements/${id}/show`);
    await checker.getByText('渠道商尚未查看', { exact: false }).waitFor();
    const told = partner.getByRole('link', { name: /^Your statement of/ });
    await told.click();
    await partner.getByRole('heading', { level: 1, name: /Renmin Road/ }).waitFor();
    await desk.go(partner, '/');
    await partner.getByText('Balances').first().waitFor();
    await eventually('no news', async () => (await told.count()) === 0);
    await checker.reload();
    await checker.getByText('渠道商首次查看', { exact: false }).first().waitFor();
    await desk.go(partner, '/statements');
    await partner.getByText('Renmin Road').first().click();
    await partner.getByText('Confirm it, or dispute it with your reason.', { exact: false }).waitFor();
    await partner.getByRole('button', { name: /Earned/ }).click();
    await partner.getByRole('button', { name: 'Why this amount' }).first().waitFor();
    expect(await partner.getByRole('button', { name: 'Dispute' }).count()).toBe(1);
    const above = await desk.as('distributor-one', partner.url().split('#')[1]);
    await above.getByRole('heading', { level: 1, name: /Renmin Road/ }).waitFor();
    expect(await above.getByRole('button', { name: /^(确认|提出异议)$/ }).count()).toBe(0);
    await desk.press(partner, 'Confirm');
    await above.reload();
    await above.getByText('渠道商没有已批准的收款信息', { exact: false }).waitFor();
    expect(await above.getByRole('link', { name: '提议收款信息' }).count()).toBe(0);
    await partner.getByText('we do not know where to', { exact: false }).waitFor();
    await partner.getByRole('link', { name: 'Propose payee details' }).click();
    const field = (name: string) => partner.getByRole('textbox', { name, exact: true });
    await field('Holder of the account').fill('Renmin Road Tea');
    await field('Account').fill('6222 0202 0011 2233 445');
    await field('Bank code').fill('102100099996');
    await field('Reason').fill('first account');
    await partner.getByRole('button', { name: 'Save' }).click();
    await partner.getByText('3445').waitFor();
    expect(await visibleText(partner)).not.toContain('6222020200112233445');
    await desk.go(above, '/statements');
    await above.getByRole('tab', { name: '我的', selected: true }).waitFor();
    await above.getByText('D1', { exact: false }).first().waitFor();
    expect(await above.getByText('Renmin Road').count()).toBe(0);
    await above.getByRole('tab', { name: '我和下级' }).click();
    await above.getByText('Renmin Road').first().waitFor();
    await desk.go(above, filtered('statements', { partnerId: desk.brand.partnerIds['S1'] }));
    await above.getByText('Renmin Road').first().waitFor();
    expect(await above.getByRole('tab', { selected: true }).count()).toBe(0);
  });

  it('approves payee details by a second person, and shows them in plain text only for a reason', async () => {
    const payee = (code: string) => ({
      currency: 'CNY',
      holder: `茶业 ${code}`,
      account: `62220202001122${code.charCodeAt(0)}`,
      bankId: '102100099996',
      reason: '合同',
    });
    for (const code of ['S2', 'D1', 'D2'])
      await desk.api('treasury-maker').put('distribution', desk.path(`partners/${desk.brand.partnerIds[code]}/payee`), payee(code));
    const checker = await desk.as('treasury-checker', filtered('payees', { partnerId: desk.brand.partnerIds['S1'] }));
    await checker.getByRole('button', { name: '显示明文' }).click();
    await checker.getByRole('textbox', { name: '理由' }).fill('核对开户证明');
    await checker.getByRole('dialog').getByRole('button', { name: '显示明文' }).click();
    await checker.getByText('6222020200112233445').waitFor();
    await checker.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
    await checker.getByRole('dialog').waitFor({ state: 'detached' });
    await desk.press(checker, '批准', '账户已核对');
    await checker.getByText('已批准', { exact: true }).waitFor();
    const others = await desk.read<{ id: string }>('payees?state=PROPOSED');
    await desk
      .api('treasury-checker')
      .post('distribution', desk.path('payees/decide'), { payeeIds: others.map(({ id }) => id), approve: true, reason: 'compared' });
    await desk.moveClocks('2025-02-20T16:00:00.000Z', ['distribution']);
    await eventually('payable statements', async () => (await desk.read('statements?state=PAYABLE')).length === 4);
  });

  it('prepares, approves and releases a payout by two people, each told what it comes to', async () => {
    const maker = await desk.as('treasury-maker', '/payouts/create');
    await maker.getByTestId('no-debtor').waitFor();
    await maker.getByText('¥540.40').first().waitFor();
    await maker.getByRole('button', { name: '准备付款' }).click();
    await maker.getByRole('button', { name: '提交批准' }).waitFor();
    await maker.getByTestId('no-debtor').getByText('这些设置由渠道审批和系统管理员修改。', { exact: false }).waitFor();
    await desk.changeSettings({ payoutDebtor: { name: 'Shanyu', account: '6222020200998877665', bankId: '102100099996' } });
    await maker.reload();
    await desk.press(maker, '提交批准');
    expect(await maker.getByTestId('no-debtor').count()).toBe(0);
    await maker.getByText('待批准').first().waitFor();
    expect(await maker.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
    const checker = await desk.as('treasury-checker', '/payouts');
    await checker.locator('tbody tr').first().click();
    await desk.press(checker, '批准');
    await checker.getByRole('button', { name: '放行' }).click();
    await checker.getByRole('dialog').getByText('4 笔付款共 ¥540.40 将交付银行', { exact: false }).waitFor();
    await checker.getByRole('dialog').getByRole('button').last().click();
    const file = async (button: string) => {
      const [download] = await Promise.all([checker.waitForEvent('download'), checker.getByRole('button', { name: button }).click()]);
      return readFile(await download.path(), 'utf8');
    };
    expect((await file('下载 CSV')).trim().split(/\r?\n/)).toHaveLength(5);
    const message = await file('下载 pain.001（ISO 20022）');
    expect(message).toContain('urn:iso:std:iso:20022:tech:xsd:pain.001.001.09');
    expect(message).toContain('<CtrlSum>540.40</CtrlSum>');
  });

  it('books what the bank reports, lists what it cannot place, and leads from the statement to the line of the bank', async () => {
    const [paid, failed, pending] = await desk.read<Item>('payout-items');
    const line = (item: Item | undefined, status: string, ref: string) => `${item?.id},${status},${ref},${item?.amountMinor},2025-02-21`;
    const csv = [
      'item,status,bank_ref,amount_minor,booked_on',
      line(paid, 'PAID', 'REF1'),
      line(failed, 'FAILED', 'REF2'),
      line(pending, 'PENDING', 'REF3'),
      `${desk.brand.brandId},PAID,REF9,100,2025-02-21`,
    ];
    const maker = await desk.as('treasury-maker', '/bank-lines');
    const [template] = await Promise.all([maker.waitForEvent('download'), maker.getByRole('button', { name: '下载模板' }).click()]);
    expect(await readFile(await template.path(), 'utf8')).toBe('item,status,bank_ref,amount,booked_on,reason\r\n');
    const file = { name: 'bank.csv', mimeType: 'text/csv', buffer: Buffer.from(csv.join('\n')) };
    await maker.getByTestId('import-file').setInputFiles(file);
    await maker.getByRole('button', { name: '导入银行结果' }).click();
    await maker.getByTestId('bank-result').getByText('共 4 行：匹配 3，未匹配 1').waitFor();
    await maker.getByText('未指明本品牌的任何一笔款项').waitFor();
    const row = maker.getByRole('row').filter({ hasText: 'REF1' });
    await row.getByRole('link', { name: '结算单' }).click();
    await maker.getByTestId('timeline').waitFor();
    await maker.getByTestId('payments').getByText('REF1', { exact: false }).waitFor();
    expect(await maker.getByText('已付款').count()).toBeGreaterThan(1);
    await maker.getByTestId('payments').getByRole('link', { name: /^行 / }).click();
    await row.waitFor();
    await eventually('only the lines of this payment', async () => (await maker.locator('tbody tr').count()) === 1);
  });

  it('counts at home what failed and what is open, tells the log in the language of the reader, and leads there', async () => {
    const [failed] = await desk.read<Item & { statementId: string }>('payout-items?state=FAILED');
    const maker = await desk.as('treasury-maker');
    await maker.getByRole('link', { name: /^结果不明的款项 1/ }).waitFor();
    await maker.getByRole('link', { name: /^未匹配的银行回执 1/ }).waitFor();
    await maker.getByRole('link', { name: /^须重新付款的款项 1/ }).click();
    await maker.getByText('REF2').waitFor();
    expect(await maker.locator('tbody tr').count()).toBe(1);
    await maker.locator('tbody tr').getByRole('link').nth(1).click();
    const log = maker.getByTestId('audit');
    await log.getByText('理由：收款信息已批准，且渠道商未停付').waitFor();
    await log.getByText('理由：2025年1月 结算').waitFor();
    expect(await log.innerText()).not.toMatch(/settlement of|as shown|payout item/);
    const auditor = await desk.as('auditor', `/statements/${failed?.statementId}/show`, { locale: 'en-GB' });
    await auditor.getByTestId('audit').getByText('Reason: follows the payment in its payout').waitFor();
  });

  it('asks a treasury checker what came of a line that fits nothing, and counts it no more', async () => {
    const home = await desk.as('treasury-checker');
    await home.getByRole('link', { name: /^未匹配的银行回执 1/ }).click();
    await home.getByText('请向银行查询归属。').waitFor();
    await home.getByText('amount_minor 100').waitFor();
    await desk.press(home, '说明处理结果', 'a payment of the owner');
    await eventually('the line closed', async () => (await desk.read('bank-lines?state=CLOSED')).length === 1);
    const english = await desk.as('treasury-checker', '/bank-lines?filter={"state":"CLOSED"}', { locale: 'en-GB' });
    await english.getByText('What came of it: a payment of the owner').waitFor();
    await english.getByRole('row').filter({ hasText: 'REF9' }).getByText('Closed').waitFor();
    const maker = await desk.as('treasury-maker');
    const counted = maker.waitForResponse((response) => response.url().includes('match=unmatched'));
    await maker.reload();
    await counted;
    await maker.getByRole('link', { name: /^结果不明的款项 1/ }).waitFor();
    expect(await maker.getByRole('link', { name: /^未匹配的银行回执/ }).count()).toBe(0);
  });

  it('offers a partner what it may do for itself, and of those below it only a look', async () => {
    const statements = await desk.read<{ id: string; partnerCode: string }>('statements');
    const of = (code: string) => `/statements/${statements.find(({ partnerCode }) => partnerCode === code)?.id}/show`;
    const partner = await desk.as('distributor-one', of('S1'));
    await partner.getByTestId('payments').getByText('¥', { exact: false }).first().waitFor();
    expect(await partner.locator('a[href*="/payouts"]').count()).toBe(0);
    expect(await partner.locator('a[href*="/payees/create"]').count()).toBe(0);
    const store = await desk.as('store-one', of('S1'));
    await store.getByTestId('payments').getByText('¥', { exact: false }).first().waitFor();
    expect(await store.locator('a[href*="/payouts"]').count()).toBe(0);
  });

  it('settles an unknown payment by evidence and two people, and never sends it again', async () => {
    const [item] = await desk.read<Item & { payoutId: string }>('payout-items?state=UNKNOWN');
    const maker = await desk.as('treasury-maker', `/payouts/${item?.payoutId}/show`);
    await desk.press(maker, '已付款', '银行回单第 88 号', maker.getByRole('row'));
    await maker.getByText('由您提议，须由他人决定。').waitFor();
    const checker = await desk.as('treasury-checker', `/payouts/${item?.payoutId}/show`);
    await desk.press(checker, '批准', '回单属实');
    await eventually(
      'the payment',
      async () => (await desk.read<Item>('payout-items')).find(({ id }) => id === item?.id)?.state === 'PAID',
    );
  });

  it('corrects what is owed by a document that another person books', async () => {
    const maker = await desk.as('maker', `/adjustments/create?partnerId=${desk.brand.partnerIds['S2']}&originPeriod=2025-01`);
    await maker.getByLabel(/金额（CNY）/).fill('-5.00');
    await maker.getByLabel('理由').fill('多计的运费补贴');
    await maker.getByRole('button', { name: '保存' }).click();
    await maker.getByText('由您提议，须由他人决定。').waitFor();
    const checker = await desk.as('checker', '/adjustments', { locale: 'en-GB' });
    await checker.getByRole('button', { name: 'Approve' }).click();
    await checker.getByRole('dialog').getByText('will be owed ¥5.00 less', { exact: false }).waitFor();
    await checker.getByRole('textbox', { name: 'Reason' }).fill('agreed');
    await checker.getByRole('dialog').getByRole('button').last().click();
    await eventually('the booking', async () =>
      (await desk.read<{ state: string }>('adjustments')).every(({ state }) => state === 'BOOKED'),
    );
  });

  irregularMonth(desk);
});
