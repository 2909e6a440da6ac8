import { join } from 'node:path';
import { controlName } from '@concentric/contracts';
import { eventually } from '@concentric/testing';
import { queryOf } from '../flows/direct-query';
import { chromiumPath, open, visibleText } from './browser';
import { Desk } from './desk';

jest.setTimeout(180_000);

/** What is said where every control agrees. */
const AGREE = `账簿符合全部 ${controlName.options.length} 项核对`;
const inChromium = chromiumPath ? describe : describe.skip;
/** What a message key looks like when nobody has translated it. */
const KEY = /\b(settings|control|audit|bank_file|person|words|resources|empty|intro|problem)\.[a-z_]+(\.[a-zA-Z_]+)*\b/g;

inChromium(
  `the settings, the controls and the records in Chromium${chromiumPath ? '' : ' (skipped: TEST_CHROMIUM names no browser)'}`,
  () => {
    const desk = new Desk();

    it('shows what a change of the settings changes before it is saved, and who changed what after', async () => {
      const page = await desk.as('approver', '/settings');
      await page.getByRole('textbox', { name: /^付款户名/ }).fill('山语茶业有限公司');
      await page.getByRole('textbox', { name: /^付款账号/ }).fill('62');
      await page.getByRole('textbox', { name: /^联行号/ }).fill('102100099996');
      await page.getByRole('button', { name: '查看改动' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      const account = page.getByRole('textbox', { name: /^付款账号/ });
      await eventually('the objection beside its input', async () => (await account.getAttribute('aria-invalid')) === 'true');
      await account.fill('6222020200998877665');
      await page
        .getByRole('spinbutton', { name: /^冻结天数$|^冻结天数 / })
        .first()
        .fill('14');
      await page.getByRole('textbox', { name: /^最低付款额/ }).fill('12.50');
      await page.getByRole('button', { name: '查看改动' }).click();
      const rows = await page.getByRole('dialog').getByRole('row').allInnerTexts();
      expect(rows.map((row) => row.split('\t'))).toEqual(
        expect.arrayContaining([
          ['冻结天数', '3 天', '14 天'],
          ['最低付款额', '¥0.00', '¥12.50'],
        ]),
      );
      expect(rows).toHaveLength(1 + 5);
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存，今后的判断按此执行。').waitFor();
      await page.getByTestId('audit').getByText('修改设置').first().waitFor();
      expect(await desk.api('approver').get('distribution', desk.path('settings'))).toMatchObject({
        holdingDays: 14,
        minimumPayoutMinor: 1250,
      });
    });

    it('shows who saved the settings meanwhile and what, and keeps what was typed', async () => {
      const page = await desk.as('approver', '/settings');
      const holding = page.getByRole('spinbutton', { name: /^冻结天数$|^冻结天数 / }).first();
      await holding.fill('21');
      await desk.changeSettings({ disputeWindowDays: 9 });
      const save = async () => {
        await page.getByRole('button', { name: '查看改动' }).click();
        await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      };
      await save();
      const conflict = page.getByTestId('conflict');
      await conflict.getByText('9 天').waitFor();
      await conflict.getByText('您 ·').waitFor();
      await eventually(
        'what was saved by somebody else',
        async () => (await page.getByRole('spinbutton', { name: /^异议/ }).inputValue()) === '9',
      );
      expect(await holding.inputValue()).toBe('21');
      await save();
      await conflict.waitFor({ state: 'detached' });
      expect(await desk.api('approver').get('distribution', desk.path('settings'))).toMatchObject({
        holdingDays: 21,
        disputeWindowDays: 9,
      });
      await desk.changeSettings({ holdingDays: 14, disputeWindowDays: 7 });
    });

    it('lets finance read the settings and says who changes them', async () => {
      const page = await desk.as('maker', '/settings', { locale: 'en-GB' });
      await page.getByText('Channel approvers and administrators change these settings.').waitFor();
      await page.getByText('14 days').first().waitFor();
      expect(await page.getByRole('textbox').count()).toBe(0);
    });

    it('checks the books when asked, shows what differs, and has a halted account released by a finance checker only', async () => {
      const maker = await desk.as('maker', '/controls');
      await maker.getByTestId('outcome').getByText(AGREE).waitFor();
      const books = queryOf<object>(join(desk.dataFolder, 'distribution.sqlite'));
      await books(
        'UPDATE account_balance SET balance_minor = balance_minor + 1 WHERE account_id = (SELECT MIN(account_id) FROM account_balance)',
      );
      await desk.moveClocks('2025-02-10T17:00:00.000Z', ['distribution']);
      await maker.getByRole('button', { name: '立即核对' }).click();
      await maker.getByTestId('outcome').getByText('账簿有 1 项核对不符').waitFor();
      await maker.getByRole('region', { name: '停止记账的账户' }).getByText('由财务复核恢复。').waitFor();
      expect(await maker.getByRole('button', { name: '恢复记账' }).count()).toBe(0);

      const checker = await desk.as('checker', '/controls');
      await checker.getByRole('button', { name: '恢复记账' }).click();
      await checker.getByRole('checkbox').check();
      await checker.getByRole('textbox', { name: '理由' }).fill('余额被手工改动，以分录为准');
      await desk.moveClocks('2025-02-10T17:01:00.000Z', ['distribution']);
      await checker.getByRole('dialog').getByRole('button', { name: '恢复记账' }).click();
      await checker.getByText('已恢复记账', { exact: false }).first().waitFor();
      await eventually('the books to agree', async () => {
        await open(checker, desk.url, '/controls');
        return (await visibleText(checker)).includes(AGREE);
      });
    });

    it('names the person that a partner is, and keeps who did so and why', async () => {
      const { data } = await desk.api('members').get<{ data: { customerId: string }[] }>('membership', desk.path('members?limit=1'));
      const customerId = data[0]!.customerId;
      const author = await desk.as('author', `/partners/${desk.brand.partnerIds['S1']}/show`);
      await author.getByRole('button', { name: '登记本人' }).click();
      await author.getByRole('textbox', { name: '客户编号' }).fill(customerId);
      await author.getByRole('textbox', { name: '理由' }).fill('合同所附身份证');
      await author.getByRole('dialog').getByRole('button', { name: '登记本人' }).click();
      await author.getByTestId('audit').getByText('理由：合同所附身份证').waitFor();
      const checker = await desk.as('checker', `/partners/${desk.brand.partnerIds['S1']}/show`);
      await checker.getByRole('region', { name: '渠道商本人' }).getByText(customerId).waitFor();
    });

    it('lists the files of the bank with what became of their lines, and leads to them', async () => {
      const maker = await desk.as('treasury-maker', '/bank-files');
      await maker.getByText('还没有导入银行结果文件').waitFor();
      await maker.getByRole('link', { name: '导入银行结果' }).click();
      const csv = `item,status,bank_ref,amount_minor,booked_on\n${desk.brand.brandId},PAID,REF9,100,2025-02-10`;
      await maker.getByTestId('import-file').setInputFiles({ name: 'bank.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
      await maker.getByRole('button', { name: '导入银行结果' }).click();
      await maker.getByTestId('bank-result').waitFor();
      await maker.getByRole('link', { name: '已导入的文件' }).click();
      await maker.getByRole('link', { name: '查看明细：未匹配 1' }).click();
      await maker.getByText('REF9').waitFor();
    });

    it('tells of a document without a page of its own what was done to it', async () => {
      const amount = {
        partnerId: desk.brand.partnerIds['S2'],
        kind: 'adjust',
        amountMinor: -500,
        reason: '多计的运费补贴',
      };
      const { id } = await desk.api('maker').post<{ id: string }>('distribution', desk.path('adjustments'), amount);
      await desk.api('checker').post('distribution', desk.path(`adjustments/${id}/decide`), { approve: true, reason: '属实' });
      const page = await desk.as('checker', '/adjustments?filter={}');
      await page.getByRole('button', { name: '操作记录' }).click();
      const log = page.getByTestId('audit');
      await log.getByText('理由：属实').waitFor();
      expect(await log.innerText()).toMatch(/批准并入账[^]*您 · [^]*提议[^]*吴静 · /);
      await page.keyboard.press('Escape');
      await log.waitFor({ state: 'detached' });
      await desk.go(page, '/periods');
      await page.getByRole('row').filter({ hasText: '已关账' }).getByRole('button', { name: '操作记录' }).click();
      await log.getByText('系统自动').waitFor();
    });

    it('leaves no key untranslated on any of these pages, in either language', async () => {
      const problems: string[] = [];
      for (const locale of ['zh-CN', 'en-GB']) {
        const page = await desk.as('auditor', undefined, { locale });
        for (const route of ['/settings', '/controls', '/bank-files', '/payout-items', `/partners/${desk.brand.partnerIds['S1']}/show`]) {
          await open(page, desk.url, route);
          problems.push(...[...(await visibleText(page)).matchAll(KEY)].map(([found]) => `${locale} ${route}: ${found}`));
        }
      }
      expect(problems).toEqual([]);
    });
  },
);
