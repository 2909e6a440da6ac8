import type { StatementRow } from '../providers/rows';
import { effectOf } from './effect';

const row = (currency: string, outcome: 'pay' | 'carry', netMinor: number, taxMinor = 0) =>
  ({ currency, outcome, netMinor, taxMinor }) as StatementRow;

describe('the effect of a decision', () => {
  it('keeps what is paid apart from what is carried, and currencies apart', () => {
    const rows = [row('CNY', 'pay', 1000, 100), row('CNY', 'pay', 500), row('CNY', 'carry', -30), row('JPY', 'carry', 7)];
    expect(effectOf(rows)).toEqual([
      { currency: 'CNY', pay: { statements: 2, netMinor: 1500, taxMinor: 100 }, carry: { statements: 1, netMinor: -30 } },
      { currency: 'JPY', pay: { statements: 0, netMinor: 0, taxMinor: 0 }, carry: { statements: 1, netMinor: 7 } },
    ]);
  });
});
