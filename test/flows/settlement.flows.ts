import type { OperatorRow } from '@concentric/contracts';
import { ApiError } from '@concentric/replay';
import { hire, refusalOf } from './crew';
import type { Flow } from './flow';
import { type Decision, type FlowBrand, order, plan, type StatementRow } from './flow-brand';
import { RawCaller } from './http-call';

const references = (rows: readonly StatementRow[]) => ({
  items: rows.map(({ id, fingerprint }) => ({ statementId: id, fingerprint })),
});
const nets = (rows: readonly StatementRow[]) =>
  Object.fromEntries(rows.map((row) => [`${row.period} ${row.partnerCode}`, [row.carriedInMinor, row.netMinor, row.outcome]]));

export const settlementFlows: Flow[] = [
  {
    name: 'carries orders of five channels to statements that one person submits and another approves (inv 28, 29, 40)',
    options: { settings: { autoClose: false } },
    async play(brand) {
      await brand.take({
        orders: [
          order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, buyer: 'b1', store: 'S1', guideCode: 'G1' }),
          order({ id: 'O2', at: '2026-01-06 10:00:00', net: 20_000, buyer: 'b1', store: 'S2', channel: 'mini' }),
          order({ id: 'O3', at: '2026-01-07 10:00:00', net: 30_000, buyer: 'b1', channel: 'tmall' }),
          order({ id: 'O4', at: '2026-01-08 10:00:00', net: 40_000, buyer: 'b2', store: 'S3', channel: 'jd' }),
          order({ id: 'O5', at: '2026-01-09 10:00:00', net: 50_000, buyer: 'b3', channel: 'group', leaderCode: 'L1' }),
        ],
      });
      await brand.sealThrough('2026-01-30');
      expect(await refusalOf(brand.post('maker', '/periods/2026-01/start-close', {}))).toMatchObject({
        status: 409,
        code: 'period_not_closable',
      });
      await brand.sealThrough('2026-01-31');
      expect(await brand.earnings()).toEqual({
        'store/S1': 500,
        'store/S2': 1_000,
        'store/S3': 2_000,
        'distributor/NORTH': 600,
        'distributor/SOUTH': 800,
        'guide/G1': 100,
        'leader/L1': 2_000,
        'bound/S1': 1_500,
      });
      await brand.post('maker', '/periods/2026-01/start-close', {});
      expect(await refusalOf(brand.post('maker', '/periods/2026-01/close', {}))).toMatchObject({ status: 403 });
      await brand.post('checker', '/periods/2026-01/close', {});
      await brand.quiet();
      expect(await refusalOf(brand.post('checker', '/periods/2026-01/close', {}))).toMatchObject({
        status: 409,
        code: 'period_not_open',
      });
      const drafts = await brand.statements();
      expect(drafts.map(({ partnerCode, netMinor, state }) => [partnerCode, netMinor, state])).toEqual(
        Object.entries({ G1: 100, L1: 2_000, NORTH: 600, S1: 2_000, S2: 1_000, S3: 2_000, SOUTH: 800 }).map(([code, net]) => [
          code,
          net,
          'DRAFT',
        ]),
      );
      await expectFourEyes(brand, drafts);
    },
  },
  {
    name: 'carries what is negative or below the minimum to the statement that can pay it (inv 31, 32)',
    options: { settings: { minimumPayoutMinor: 400 } },
    async play(brand) {
      await brand.take({ orders: [order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, store: 'S1' })] });
      await brand.sealThrough('2026-01-31');
      await brand.take({
        refunds: [{ channel: 'till', externalId: 'R1', occurredAt: '2026-02-03 10:00:00', orderExternalId: 'O1' }],
      });
      await brand.sealThrough('2026-02-28');
      await brand.take({ orders: [order({ id: 'O2', at: '2026-03-05 10:00:00', net: 20_000, store: 'S1' })] });
      await brand.sealThrough('2026-03-31');
      await brand.take({ orders: [order({ id: 'O3', at: '2026-04-05 10:00:00', net: 4_000, store: 'S1' })] });
      await brand.sealThrough('2026-04-30');
      expect(nets(await brand.statements())).toEqual({
        '2026-01 S1': [0, 500, 'pay'],
        '2026-01 NORTH': [0, 200, 'carry'],
        '2026-02 S1': [0, -500, 'carry'],
        '2026-02 NORTH': [200, 0, 'carry'],
        '2026-03 S1': [-500, 500, 'pay'],
        '2026-03 NORTH': [0, 400, 'pay'],
        '2026-04 S1': [0, 200, 'carry'],
        '2026-04 NORTH': [0, 80, 'carry'],
      });
    },
  },
  {
    name: 'puts a plan in force only by a second person, and splits each order by the plan of its own moment (inv 11, 40)',
    async play(brand) {
      const next = {
        ...plan,
        validFrom: '2026-02-01 00:00:00',
        rules: [{ role: 'store', recipient: { from: 'store' as const }, ratePpm: 100_000 }],
      };
      const { planVersionId } = await brand.post<{ planVersionId: string }>('author', '/plans', next);
      expect(await refusalOf(brand.post('author', `/plans/${planVersionId}/activate`, {}))).toMatchObject({
        status: 403,
      });
      await brand.post('approver', `/plans/${planVersionId}/activate`, {});
      expect(await refusalOf(brand.post('approver', `/plans/${planVersionId}/activate`, {}))).toMatchObject({
        status: 409,
        code: 'plan_not_draft',
      });
      await brand.take({
        orders: [
          order({ id: 'O1', at: '2026-01-31 23:59:59', net: 10_000, store: 'S1' }),
          order({ id: 'O2', at: '2026-02-01 00:00:00', net: 10_000, store: 'S1' }),
        ],
      });
      await brand.sealThrough('2026-02-28');
      expect(await brand.earnings()).toEqual({ 'store/S1': 500 + 1_000, 'distributor/NORTH': 200 });
    },
  },
];

async function expectFourEyes(brand: FlowBrand, drafts: readonly StatementRow[]): Promise<void> {
  const { installation, crew } = brand.world;
  const statements = `/brands/${brand.brandId}/statements`;
  // Somebody who changes desks between submitting and approving is still the same person.
  const name = `mover.${brand.code}`;
  const mover = await hire(installation, crew.admin, name, ['finance_maker']);
  expect(await mover.post<Decision>('distribution', `${statements}/submit`, references(drafts.slice(0, 1)))).toEqual({
    done: 1,
    refused: [],
  });
  const { data } = await crew.admin.get<{ data: OperatorRow[] }>('organization', `/operators?q=${name}`);
  const admin = await RawCaller.signIn(installation, 'admin');
  expect(
    (
      await admin.json('PATCH', 'organization', `/operators/${data[0]!.id}`, {
        revision: data[0]!.revision,
        roles: ['finance_checker'],
      })
    ).status,
  ).toBe(200);
  const moved = await RawCaller.signIn(installation, name);
  const own = await moved.json('POST', 'distribution', `${statements}/approve`, references(drafts.slice(0, 1)));
  expect(own.body).toMatchObject({ done: 0, refused: [{ code: 'same_person' }] });

  expect(await brand.post<Decision>('maker', '/statements/submit', references(drafts.slice(1)))).toEqual({
    done: drafts.length - 1,
    refused: [],
  });
  expect(await refusalOf(brand.post('maker', '/statements/approve', references(drafts)))).toMatchObject({
    status: 403,
  });
  const stale = await brand.post<Decision>('checker', '/statements/approve', {
    items: drafts.map(({ id }) => ({ statementId: id, fingerprint: 'of-another-day' })),
  });
  expect([stale.done, new Set(stale.refused.map(({ code }) => code))]).toEqual([0, new Set(['changed_meanwhile'])]);

  const both = await Promise.all([
    brand.post<Decision>('checker', '/statements/approve', references(drafts)),
    brand.post<Decision>('secondChecker', '/statements/approve', references(drafts)),
  ]).catch((error: unknown) => {
    throw error instanceof ApiError ? new Error(`two people approving at once: ${error.message}`) : error;
  });
  expect(both[0].done + both[1].done).toBe(drafts.length);
  await brand.quiet();
  expect((await brand.statements()).every(({ state }) => state === 'PUBLISHED')).toBe(true);
  expect((await brand.post<Decision>('checker', '/statements/approve', references(drafts))).done).toBe(0);
}
