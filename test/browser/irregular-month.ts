import type { adjustmentRow, payoutDetail, statementRow } from '@concentric/contracts';
import { eventually } from '@concentric/testing';
import { type Desk, filtered } from './desk';

/** What a contract describes. */
type Shape<Contract extends { _output: unknown }> = Contract['_output'];
type StatementRow = Shape<typeof statementRow>;
const CHANNELS = ['till', 'mini-program'];
const two = (value: number) => String(value).padStart(2, '0');

/** February, after a January that was paid: what has to be corrected, and by whom. Each step builds on the one before. */
export function irregularMonth(desk: Desk): void {
  const sell = (externalId: string, netMinor: number) =>
    desk.api('operations').post('commerce', desk.path('orders'), {
      channel: 'till',
      externalId,
      status: 'completed',
      placedAt: '2025-02-20 15:00:00',
      buyer: [{ type: 'phone', value: '13900001001' }],
      storeCode: 'S1',
      lines: [{ sku: 'TEA', quantity: 1, netMinor }],
    });
  const seal = (from: number, to: number) => {
    const dates = Array.from({ length: to - from + 1 }, (_, index) => `2025-02-${two(from + index)}`);
    const items = dates.flatMap((businessDate) => CHANNELS.map((channel) => ({ channel, businessDate })));
    return desk.api('operations').post('commerce', desk.path('seals'), { items });
  };
  const february = async (code: string, state?: string): Promise<StatementRow> => {
    const partnerId = desk.brand.partnerIds[code];
    return eventually(`a statement of ${code} that is ${state ?? 'there'}`, async () => {
      const rows = await desk.read<StatementRow>(`statements?period=2025-02&partnerId=${partnerId}`);
      return rows.find((row) => row.openFindings !== null && (state === undefined || row.state === state));
    });
  };
  const decide = async (who: string, decision: 'submit' | 'approve', rows: readonly StatementRow[]) => {
    const items = rows.map(({ id, fingerprint }) => ({ statementId: id, fingerprint }));
    await desk.api(who).post('distribution', desk.path(`statements/${decision}`), { items });
  };

  it('accepts an order held for its budget by two people with their reasons, and its commission appears', async () => {
    await desk.moveClocks('2025-02-21T02:00:00.000Z');
    await sell('F1', 300_000);
    await sell('F2', 4100);
    await seal(11, 20);
    await eventually('the held order', async () => (await desk.read('held-orders')).length === 1);
    const maker = await desk.as('maker', '/held-orders');
    await maker.getByText('超出预算').waitFor();
    await desk.press(maker, '提议接受', '清仓促销，已获批准');
    await maker.getByText('由您提议，须由他人决定。').waitFor();
    const checker = await desk.as('checker', '/held-orders');
    await checker.getByText('清仓促销，已获批准').waitFor();
    await desk.press(checker, '批准', '与促销方案相符');
    await checker.getByText('已批准。').waitFor();
    await eventually('its commission', async () => (await desk.read('commission-lines?period=2025-02')).length === 4);
    await desk.go(checker, filtered('commission-lines', { period: '2025-02' }));
    const row = checker.getByRole('row').filter({ hasText: 'F2' }).filter({ hasText: '¥2.05' });
    await row.getByRole('button', { name: '金额由来' }).click();
    await checker.getByTestId('why').getByText('¥41.00 × 5%').waitFor();
  });

  it('holds a line while somebody looks into it, says so to finance, and lets it go', async () => {
    const lines = filtered('commission-lines', { period: '2025-02' });
    const approver = await desk.as('approver', lines);
    await approver.getByRole('row').filter({ hasText: 'F1' }).getByRole('button', { name: '金额由来' }).first().click();
    await desk.press(approver, '扣住此行', '疑似自购，正在核实');
    await approver.getByText('已扣住：疑似自购，正在核实').waitFor();
    const maker = await desk.as('maker', lines);
    await maker.getByRole('row').filter({ hasText: 'F1' }).getByText('已扣住').waitFor();
    await desk.go(maker, filtered('commission-lines', { held: 'true' }));
    await maker.getByRole('row').filter({ hasText: 'F1' }).getByText('疑似自购，正在核实').waitFor();
    expect(await maker.locator('tbody tr').count()).toBe(1);
    const home = await desk.as('approver');
    await home.getByRole('link', { name: /^已扣住、待核实放开的佣金明细 1/ }).waitFor();
    await desk.press(approver, '放开', '已核实，不是自购');
    await approver.getByRole('button', { name: '扣住此行' }).waitFor();
    await eventually('nothing held', async () => {
      const rows = await desk.read<{ holdReason: string | null }>('commission-lines?period=2025-02');
      return rows.every(({ holdReason }) => holdReason === null);
    });
  });

  it('computes what another plan version would have given, and a second person books the difference', async () => {
    const [plan] = await desk.read<{ code: string; name: string; rules: { role: string; ratePpm: number }[] }>('plans');
    const rules = plan?.rules.map((rule) => (rule.role === 'distributor' ? { ...rule, ratePpm: 30_000 } : rule));
    const next = { code: plan?.code, name: plan?.name, validFrom: '2025-03-31T16:00:00.000Z', budgetPpm: 200_000, rules };
    await desk.api('author').post('distribution', desk.path('plans'), next);
    const maker = await desk.as('maker', '/recalculations/create');
    await maker.getByLabel('方案版本').click();
    await maker.getByRole('option', { name: /第 2 版/ }).click();
    await maker.getByLabel('订单自').fill('2025-01-01');
    await maker.getByLabel('订单至').fill('2025-01-03');
    await maker.getByLabel('理由').fill('一月三日前的经销商比例有误');
    await maker.getByRole('button', { name: '保存' }).click();
    await maker.getByText('由您提议，须由他人决定。').waitFor();
    const checker = await desk.as('checker', '/recalculations');
    await checker.getByText('待决定').click();
    await desk.press(checker, '批准', '比例确实有误');
    await checker.getByText('已记账', { exact: true }).first().waitFor();
    const booked = await desk.read<Shape<typeof adjustmentRow>>('adjustments?source=recalculation');
    expect(booked.map(({ partnerCode, state }) => `${partnerCode} ${state}`)).toEqual(['D1 BOOKED']);
  });

  it('voids a statement by two people, and builds it again from the books', async () => {
    await desk.moveClocks('2025-03-10T02:00:00.000Z');
    await seal(21, 28);
    await eventually('the end of February', async () => {
      await desk.api('maker').post('distribution', desk.path('periods/2025-02/start-close'), {});
      return true;
    });
    await desk.api('checker').post('distribution', desk.path('periods/2025-02/close'), {});
    const { id } = await february('S1');
    const maker = await desk.as('maker', `/statements/${id}/show`);
    await desk.press(maker, '作废', '核对后重新生成');
    await maker.getByText('由您提议，须由他人决定。').waitFor();
    const checker = await desk.as('checker', `/statements/${id}/show`);
    await checker.getByText('核对后重新生成', { exact: false }).first().waitFor();
    await desk.press(checker, '作废', '同意');
    await checker.getByText('已作废', { exact: true }).first().waitFor();
    const rebuilt = await february('S1');
    expect(rebuilt).toMatchObject({ revision: 2, earnedMinor: 15_205 });
    expect(rebuilt.id).not.toBe(id);
  });

  it('asks a second checker for what is above the limit', async () => {
    await desk.changeSettings({ secondApprovalAboveMinor: 10_000, secondPayoutApprovalAboveMinor: 10_000 });
    const drafts = await Promise.all(['S1', 'S2', 'D1'].map((code) => february(code)));
    await decide('maker', 'submit', drafts);
    const [large, ...others] = await Promise.all(['S1', 'S2', 'D1'].map((code) => february(code, 'IN_REVIEW')));
    await decide('checker', 'approve', others);
    const checker = await desk.as('checker', `/statements/${large?.id}/show`);
    await desk.press(checker, '批准');
    await checker.getByText('还须另一位财务复核批准', { exact: false }).waitFor();
    expect(await checker.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
    const second = await desk.as('second-checker', `/statements/${large?.id}/show`);
    await desk.press(second, '批准');
    await february('S1', 'PUBLISHED');
    await second.getByTestId('timeline').getByText('已公布').waitFor();
  });

  it('takes a dispute from the partner, and finance settles it by two people', async () => {
    const { id } = await february('S1');
    const partner = await desk.as('store-one', `/statements/${id}/show`, { viewport: { width: 390, height: 800 } });
    await partner.getByRole('button', { name: '提出异议' }).click();
    const dialog = partner.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /F1/ }).fill('160');
    await dialog.getByRole('textbox', { name: '理由' }).fill('约定比例更高');
    await dialog.getByRole('button').last().click();
    await partner.getByText('约定比例更高').waitFor();
    const maker = await desk.as('maker', '/disputes');
    await maker.getByRole('button', { name: '提议调整' }).click();
    await maker.getByLabel(/金额（CNY）/).fill('10');
    await maker.getByRole('dialog').getByRole('textbox', { name: '理由' }).fill('按合同补足');
    await maker.getByRole('dialog').getByRole('button').last().click();
    await maker.getByRole('dialog').waitFor({ state: 'detached' });
    const checker = await desk.as('checker', '/disputes');
    await checker.getByRole('button', { name: '批准' }).click();
    await checker.getByRole('dialog').getByText('¥10.00', { exact: false }).waitFor();
    await checker.getByRole('textbox', { name: '理由' }).fill('合同属实');
    await checker.getByRole('dialog').getByRole('button').last().click();
    await february('S1', 'PAYABLE');
    await desk.go(partner, `/statements/${id}/show`);
    await partner.getByText('合同属实', { exact: false }).waitFor();
  });

  it('gives up a debt that is carried, by two people', async () => {
    await desk.moveClocks('2025-03-20T02:00:00.000Z');
    const carried = await february('S2', 'CARRIED');
    expect(carried.netMinor).toBe(-500);
    const maker = await desk.as('maker', `/statements/${carried.id}/show`);
    await maker.getByRole('link', { name: '提议调整' }).click();
    await maker.getByLabel('类型').click();
    await maker.getByRole('option', { name: '核销' }).click();
    await maker.getByLabel(/金额（CNY）/).fill('-5');
    await maker.getByLabel('理由').fill('门店已停业');
    await maker.getByRole('button', { name: '保存' }).click();
    await maker.getByText('由您提议，须由他人决定。').waitFor();
    const checker = await desk.as('checker', '/adjustments');
    await checker.getByRole('button', { name: '批准' }).click();
    await checker.getByRole('dialog').getByText('¥5.00 将永久放弃', { exact: false }).waitFor();
    await checker.getByRole('textbox', { name: '理由' }).fill('无法收回');
    await checker.getByRole('dialog').getByRole('button').last().click();
    await eventually('the booking', async () => {
      const [row] = await desk.read<Shape<typeof adjustmentRow>>('adjustments?kind=write-off');
      return row?.state === 'BOOKED';
    });
  });

  it('asks a second treasury checker for a large batch, and cancels it by two people', async () => {
    const input = { currency: 'CNY', filter: { period: '2025-02' }, note: '二月' };
    const batch = await desk.api('treasury-maker').post<Shape<typeof payoutDetail>>('distribution', desk.path('payouts'), input);
    await desk.api('treasury-maker').post('distribution', desk.path(`payouts/${batch.id}/submit`), { version: batch.version });
    const checker = await desk.as('treasury-checker', `/payouts/${batch.id}/show`);
    await desk.press(checker, '批准');
    await checker.getByText('还须第二位资金复核批准', { exact: false }).first().waitFor();
    const second = await desk.as('second-treasury-checker', `/payouts/${batch.id}/show`);
    await desk.press(second, '批准');
    await second.getByText('待放行').first().waitFor();
    const maker = await desk.as('treasury-maker', `/payouts/${batch.id}/show`);
    await desk.press(maker, '取消批次', '付款日改期');
    await maker.getByText('由您提议，须由他人决定。').waitFor();
    await desk.go(checker, `/payouts/${batch.id}/show`);
    await desk.press(checker, '取消批次', '同意改期');
    await checker.getByText('已取消').first().waitFor();
    await february('S1', 'PAYABLE');
  });

  it('books a payment that came back only after treasury has confirmed it', async () => {
    const items = await desk.read<{ id: string; state: string; amountMinor: number }>('payout-items?state=PAID');
    const csv = `item,status,bank_ref,amount_minor,booked_on,reason\n${items[0]?.id},RETURNED,REF1-R,${items[0]?.amountMinor},2025-03-19,账户已销户\n`;
    const maker = await desk.as('treasury-maker', '/bank-lines');
    await maker.getByTestId('import-file').setInputFiles({ name: 'returned.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await maker.getByRole('button', { name: '导入银行结果' }).click();
    await maker.getByTestId('bank-result').getByText('等待资金复核 1', { exact: false }).waitFor();
    const checker = await desk.as('treasury-checker', '/bank-lines');
    await checker.getByText('账户已销户').waitFor();
    await desk.press(checker, '确认', '银行回单属实');
    await checker.getByText('已确认并记账。').waitFor();
    await eventually('the return', async () => (await desk.read('payout-items?state=RETURNED')).length === 1);
  });
}
