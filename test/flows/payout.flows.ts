import { expectMoneyInOrder } from './assertions';
import type { Flow } from './flow';
import { PayoutDesk, payoutSettings } from './payout-desk';

export const payoutFlows: Flow[] = [
  {
    name: 'pays an order’s commission out: by approved details, less tax, in a batch of two persons, to the bank’s confirmation (inv 36, 37, 39, 40)',
    options: { settings: payoutSettings },
    async play(brand) {
      const desk = new PayoutDesk(brand);
      await desk.untilPayable();
      const payout = await desk.send();
      expect(payout).toMatchObject({ state: 'SENT', items: 4, grossMinor: 2_100, taxMinor: 150, amountMinor: 1_950 });
      await expectMoneyInOrder(brand);
      expect(await desk.file(payout)).toMatchObject({
        status: 200,
        contentType: expect.stringContaining('application/xml'),
      });
      const items = [...(await desk.items(payout)).values()];
      const lines = items.map((item) => desk.line(item, 'PAID', item.partnerCode));
      expect(await desk.report(lines)).toMatchObject({ lines: 4, matched: 4, repeated: false });
      expect(await desk.report(lines)).toMatchObject({ lines: 4, matched: 4, repeated: true });
      expect(await desk.one(payout.id)).toMatchObject({ state: 'SETTLED' });
      expect(new Set(Object.values(await desk.states()))).toEqual(new Set(['PAID']));
      const [item] = items;
      expect(await desk.bankLines(`statementId=${item!.statementId}`)).toMatchObject([
        { itemId: item!.id, payoutId: payout.id, match: 'matched', state: 'BOOKED' },
      ]);
    },
  },
  {
    name: 'pays what the bank could not by a new item, and takes back what comes back (inv 38)',
    options: { settings: payoutSettings },
    async play(brand) {
      const desk = new PayoutDesk(brand);
      await desk.untilPayable();
      const first = await desk.items(await desk.send());
      await desk.report([
        desk.line(first.get('S1'), 'FAILED', '1'),
        desk.line(first.get('S3'), 'PAID', '2'),
        desk.line(first.get('NORTH'), 'PAID', '3'),
        desk.line(first.get('SOUTH'), 'PENDING', ''),
      ]);
      expect(await desk.states()).toEqual({ NORTH: 'PAID', S1: 'PAYABLE', S3: 'PAID', SOUTH: 'IN_PAYOUT' });
      await expectMoneyInOrder(brand);

      const second = await desk.items(await desk.send());
      expect([...second.values()]).toMatchObject([{ partnerCode: 'S1', replacesId: first.get('S1')!.id, amountMinor: 450 }]);
      await desk.report([desk.line(second.get('S1'), 'PAID', '4')]);
      await expectMoneyInOrder(brand);

      const news = [desk.line(first.get('NORTH'), 'RETURNED', '3'), desk.line(first.get('SOUTH'), 'PAID', '5')];
      expect(await desk.report(news)).toMatchObject({ matched: 2, waiting: 2 });
      await desk.confirmAll();
      expect(await desk.states()).toEqual({ NORTH: 'PAYABLE', S1: 'PAID', S3: 'PAID', SOUTH: 'PAID' });
      await brand.sealThrough('2026-02-28');
    },
  },
];
