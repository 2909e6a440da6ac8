import fc from 'fast-check';
import { check } from '../../test/property';
import type { Binding } from './binding.rules';
import { mergeBindings } from './merge.rules';

const binding = (customerId: string, partnerId: string, validFrom: number): Binding => ({ bindingId: `${customerId}-${partnerId}`, customerId, partnerId, validFrom, validTo: null, lastPurchaseAt: validFrom - 1 });
const merge = (from: Binding | undefined, into: Binding | undefined, at = 100) => mergeBindings(from, into, 'into', at, () => 'new');

describe('a merge of two persons', () => {
  it.each<[string, Binding | undefined, Binding | undefined, string[], string | undefined]>([
    ['neither was bound', undefined, undefined, [], undefined],
    ['only the survivor was bound', undefined, binding('into', 'x', 5), [], undefined],
    ['only the retired person was bound', binding('from', 'x', 5), undefined, ['from-x'], 'x'],
    ['the survivor was bound first', binding('from', 'x', 9), binding('into', 'y', 5), ['from-x'], undefined],
    ['the retired person was bound first', binding('from', 'x', 5), binding('into', 'y', 9), ['from-x', 'into-y'], 'x'],
    ['both were bound in one instant: the survivor stays', binding('from', 'x', 5), binding('into', 'y', 5), ['from-x'], undefined],
  ])('when %s', (_, from, into, ended, created) => {
    const outcome = merge(from, into);
    expect(outcome.ended.map(({ bindingId }) => bindingId)).toEqual(ended);
    expect(outcome.created?.partnerId).toBe(created);
  });

  it('inv 9, 10: leaves the survivor the older partner, one binding in force, and no empty interval', () => {
    const bound = (customerId: string) => fc.option(fc.record({ partner: fc.constantFrom('x', 'y'), from: fc.integer({ min: 1, max: 20 }) }).map(({ partner, from }) => binding(customerId, partner, from)), { nil: undefined });
    check([bound('from'), bound('into'), fc.integer({ min: 0, max: 25 })], (from, into, at) => {
      const { ended, created } = merge(from, into, at);
      for (const one of ended) expect(one.validFrom).toBeLessThan(one.validTo!);
      expect(ended.some((one) => one.customerId === 'from')).toBe(from !== undefined);
      const left = [into && ended.every((one) => one.customerId !== 'into') ? into : null, created].filter((one) => one !== null && one !== undefined);
      expect(left).toHaveLength(from || into ? 1 : 0);
      const older = !from ? into : !into || from.validFrom < into.validFrom ? from : into;
      expect(left[0]?.partnerId).toBe(older?.partnerId);
      if (created) expect(created).toMatchObject({ customerId: 'into', validTo: null, bindingId: 'new', validFrom: ended[0]!.validTo });
    });
  });
});
