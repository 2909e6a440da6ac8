import type { OrderRow } from '@concentric/contracts';
import { expectMoneyInOrder } from '../flows/assertions';
import { type Decision, FlowBrand, order, plan } from '../flows/flow-brand';
import { RawCaller } from '../flows/http-call';

/** Several people, or one impatient client, do the same thing at the same moment. */
export function raceFaults(world: () => FlowBrand['world']): void {
  it('closes a period for one of two, and approves each statement for exactly one of two (inv 28, 40, 41)', async () => {
    const brand = await FlowBrand.open(world(), 'raced', { settings: { autoClose: false } });
    await brand.take({
      orders: ['S1', 'S2', 'S3'].map((store, n) => order({ id: `O${n}`, at: '2026-01-05 10:00:00', net: 10_000, buyer: `b${n}`, store })),
    });
    await brand.sealThrough('2026-01-31');
    const base = `/brands/${brand.brandId}`;
    const { installation } = world();
    await brand.post('maker', '/periods/2026-01/start-close', {});
    const closer = await RawCaller.signIn(installation, 'checker');
    const closings = await Promise.all([1, 2, 3].map(() => closer.json('POST', 'distribution', `${base}/periods/2026-01/close`, {})));
    expect(closings.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await brand.quiet();

    const statements = await brand.statements();
    const items = statements.map(({ id, fingerprint }) => ({ statementId: id, fingerprint }));
    await brand.post('maker', '/statements/submit', { items });
    const [one, other] = [await RawCaller.signIn(installation, 'checker'), await RawCaller.signIn(installation, 'secondChecker')];
    const decisions = await Promise.all(
      items.flatMap((item) =>
        [one, other].map(
          async (caller) =>
            (await caller.json('POST', 'distribution', `${base}/statements/approve`, { items: [item] })).body as unknown as Decision,
        ),
      ),
    );
    for (const [index, { statementId }] of items.entries()) {
      expect([statementId, decisions[2 * index]!.done + decisions[2 * index + 1]!.done]).toEqual([statementId, 1]);
    }
    expect(new Set(decisions.flatMap(({ refused }) => refused.map(({ code }) => code)))).toEqual(
      new Set([expect.stringMatching(/^(wrong_state|changed_meanwhile)$/)]),
    );
    const audit = await installation.query<{ n: unknown }>('distribution')(
      "SELECT COUNT(*) AS n FROM audit_log WHERE action = 'statement.approved' AND entity_id IN (" + items.map(() => '?').join(', ') + ')',
      items.map(({ statementId }) => statementId),
    );
    expect(Number(audit[0]!.n)).toBe(items.length);
    await expectMoneyInOrder(brand);
  });

  it('puts a plan in force once when two approve it at once, and takes an order once however often it comes at once (inv 11, 13)', async () => {
    const brand = await FlowBrand.open(world(), 'raced-plan');
    const { installation } = world();
    const { planVersionId } = await brand.post<{ planVersionId: string }>('author', '/plans', {
      ...plan,
      validFrom: '2026-03-01 00:00:00',
    });
    const approver = await RawCaller.signIn(installation, 'approver');
    const activations = await Promise.all(
      [1, 2, 3].map(() => approver.json('POST', 'distribution', `/brands/${brand.brandId}/plans/${planVersionId}/activate`, {})),
    );
    expect(activations.map(({ status }) => status < 300).filter(Boolean)).toEqual([true]);
    expect(activations.every(({ status }) => status < 300 || status === 409)).toBe(true);

    const operations = await RawCaller.signIn(installation, 'operations');
    const body = JSON.stringify(order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, buyer: 'b1', store: 'S1' }));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        operations.send('POST', 'commerce', `/brands/${brand.brandId}/orders`, body, {
          'idempotency-key': `race-${n % 4}`,
        }),
      ),
    );
    // A key that is still being worked on is refused; the order itself is taken once.
    expect(answers.map(({ status }) => status).filter((status) => ![200, 201, 409].includes(status))).toEqual([]);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect((await brand.get<{ data: OrderRow[] }>('commerce', '/orders')).data).toHaveLength(1);
    brand.sent.push({ orders: [order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000 })] });
    await brand.sealThrough('2026-01-31');
    expect(await brand.earnings()).toEqual({ 'store/S1': 500, 'distributor/NORTH': 200 });
    await expectMoneyInOrder(brand);
  });
}
