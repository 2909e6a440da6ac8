import fc from 'fast-check';
import { BrandCalendar, namedId } from '@concentric/service-kit';
import { partnerName } from '@concentric/contracts';
import { check } from '@concentric/testing/property';
import type { LoadedNetwork } from '../hierarchy/network.repository';
import { Network } from '../hierarchy/network.rules';
import { applyPartnerRows } from './partner-change.rules';

const calendar = new BrandCalendar('Asia/Shanghai');
const NOW = Date.UTC(2026, 5, 30, 16);
const id = (code: string) => namedId(partnerName('brand', code));
const empty = (): LoadedNetwork => ({ revision: 0, network: new Network([]), partners: new Map() });
const apply = (loaded: LoadedNetwork, ...rows: unknown[]) => applyPartnerRows(rows, loaded, 'brand', calendar, NOW);
const store = (code: string, parentCode?: string, validFrom?: string) => ({
  code,
  type: 'store',
  name: code,
  ...(parentCode ? { parentCode } : {}),
  ...(validFrom ? { validFrom } : {}),
});
const chain = (loaded: LoadedNetwork, code: string, at = NOW) =>
  loaded.network.chainAt(id(code), at).map((partnerId) => loaded.partners.get(partnerId)?.code);
const rejects = ({ rejected }: ReturnType<typeof apply>) =>
  rejected.sort((a, b) => a.index - b.index).map(({ code, errors }) => `${code} ${errors[0]!.field} ${errors[0]!.code}`);

describe('a network file', () => {
  it('takes rows in any order', () => {
    const loaded = empty();
    expect(apply(loaded, store('s', 'd'), store('d', 'a'), store('a'))).toMatchObject({ accepted: 3, unchanged: 0, rejected: [] });
    expect(chain(loaded, 's', 0)).toEqual(['s', 'd', 'a']);
  });

  it('holds a whole history, and changes nothing when it comes again', () => {
    const loaded = empty();
    const file = [store('s', 'e', '2026-03-31 00:00:00'), store('s', 'd'), store('d'), store('e'), store('s', 'd', '2026-05-01')];
    apply(loaded, ...file);
    const months = [0, 2, 3, 4].map((month) => chain(loaded, 's', Date.UTC(2026, month, 15))[1]);
    expect(months).toEqual(['d', 'd', 'e', 'd']);
    expect(chain(loaded, 's', Date.UTC(2026, 2, 30, 16) - 1)).toEqual(['s', 'd']);
    expect(chain(loaded, 's', Date.UTC(2026, 2, 30, 16))).toEqual(['s', 'e']);
    expect(apply(loaded, ...file)).toMatchObject({ accepted: 0, unchanged: 5, rejected: [] });
    expect(loaded.network.edgesOf(id('s'))).toHaveLength(3);
  });

  it('lets the rows of one moment happen together, whichever comes first', () => {
    const loaded = empty();
    apply(loaded, store('a'), store('b', 'a'), store('c', 'b'));
    // At the first row c still stands below a.
    expect(apply(loaded, store('a', 'c', '2026-03-01'), store('c', undefined, '2026-03-01')).rejected).toEqual([]);
    expect(chain(loaded, 'b')).toEqual(['b', 'a', 'c']);
  });

  it('moves a known partner from now on when no moment is named', () => {
    const loaded = empty();
    apply(loaded, store('s', 'd'), store('d'), store('e'));
    expect(apply(loaded, store('s', 'e'))).toMatchObject({ accepted: 1 });
    expect([chain(loaded, 's', NOW - 1), chain(loaded, 's', NOW)]).toEqual([
      ['s', 'd'],
      ['s', 'e'],
    ]);
  });

  it.each<[string, unknown[], string[], string[]]>([
    ['an unknown parent', [store('s', 'nobody'), store('t')], ['s parentCode unknown_parent'], ['t']],
    ['a partner under itself', [store('s', 's'), store('t')], ['s parentCode loop'], ['t']],
    [
      'two new partners under each other',
      [store('a', 'b'), store('b', 'a'), store('t')],
      ['a parentCode unknown_parent', 'b parentCode loop'],
      ['t'],
    ],
    [
      'whatever stands on a row that fell',
      [store('a', 'nobody'), store('b', 'a'), store('c', 'b'), store('t')],
      ['a parentCode unknown_parent', 'b parentCode unknown_parent', 'c parentCode unknown_parent'],
      ['t'],
    ],
    ['another type', [store('t'), { ...store('t'), type: 'guide' }], ['t type type_changed'], ['t']],
    [
      'a day that does not exist',
      [store('s', undefined, '2026-02-30'), store('u', undefined, '2026-01-01 25:00'), store('t')],
      ['s validFrom no_such_moment', 'u validFrom no_such_moment'],
      ['t'],
    ],
    [
      'rows that are none',
      [null, 7, { code: 'x' }, { ...store('y'), colour: 'red' }, store('t')],
      [' row invalid_type', ' row invalid_type', 'x type invalid_value', 'y row unrecognized_keys'],
      ['t'],
    ],
  ])('rejects %s and takes the rest', (_, rows, rejected, left) => {
    const loaded = empty();
    const change = apply(loaded, ...rows);
    expect(rejects(change)).toEqual(rejected);
    expect([...loaded.partners.values()].map(({ code }) => code)).toEqual(left);
    expect(change.rejected.every(({ errors }) => errors.every(({ remedy }) => Boolean(remedy)))).toBe(true);
  });

  it('rejects a chain without end', () => {
    const rows = Array.from({ length: 40 }, (_, index) => store(`p${index}`, index === 0 ? undefined : `p${index - 1}`));
    const change = apply(empty(), ...rows);
    expect(change.rejected[0]).toMatchObject({ code: 'p33', errors: [{ code: 'too_deep' }] });
    expect(change.accepted).toBe(33);
  });

  it('takes a name change without moving anybody', () => {
    const loaded = empty();
    apply(loaded, store('s'));
    expect(apply(loaded, { ...store('s'), name: 'New' })).toMatchObject({ accepted: 1, moved: new Set() });
  });

  it('comes to the same network whatever the order of its rows, and leaves nobody under a partner that is not there', () => {
    const codes = ['a', 'b', 'c', 'd', 'e'];
    const row = fc.record({
      code: fc.constantFrom(...codes),
      parent: fc.option(fc.constantFrom(...codes, 'nobody'), { nil: undefined }),
      from: fc.option(fc.constantFrom('2026-01-31', '2026-02-28 23:59:59', '2026-03-01 00:00:00'), { nil: undefined }),
    });
    const rows = fc.uniqueArray(row, { selector: ({ code, from }) => `${code}/${from}`, maxLength: 9 });
    check(
      [rows.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))],
      ([list, shuffled]) => {
        const [one, other] = [empty(), empty()];
        const toRows = (some: typeof list) => some.map(({ code, parent, from }) => store(code, parent, from));
        const change = apply(one, ...toRows(list));
        apply(other, ...toRows(shuffled));
        for (const loaded of [one, other]) {
          for (const partnerId of loaded.partners.keys()) {
            for (const { parentId } of loaded.network.edgesOf(partnerId))
              if (parentId !== null) expect(loaded.partners.has(parentId)).toBe(true);
          }
        }
        if (change.rejected.length === 0)
          for (const code of codes) expect(other.network.edgesOf(id(code))).toEqual(one.network.edgesOf(id(code)));
        expect(change.accepted + change.unchanged + change.rejected.length).toBe(list.length);
      },
    );
  });
});
