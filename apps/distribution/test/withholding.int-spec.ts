import { idIn } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { WithholdingService } from '../src/withholding/withholding.service';
import { brandId, person } from './distribution.fixture';
import { codes, eight, financeChecker, financeMaker, partnerId, payableWorld, type PayableWorld } from './payout.fixture';

describe.each(databases())('withholding, on $name', (db) => {
  let world: PayableWorld;
  beforeEach(async () => {
    world = await payableWorld(db);
  });
  afterEach(async () => {
    await world.expectInOrder();
    await world.close();
  });

  it('inv 30, 40: withholds by rules that two persons put in force, from the open period on, one at a time', async () => {
    expect(
      await world
        .rows('SELECT period_id, net_minor, tax_minor FROM statement WHERE partner_id = ?', [idIn(partnerId('S1'))])
        .then(([row]) => Object.values(row!).map(String)),
    ).toEqual(['2026-01', '1000', '100']);
    const withholding = world.get(WithholdingService);
    const terms = {
      partnerTypes: ['store', 'guide'] as ('store' | 'guide')[],
      currency: 'CNY',
      validFrom: '2026-02-01',
      exemptMinor: 80,
      deductMinor: 80,
      ratePpm: 200_000,
      reason: 'new law',
    };
    const rule = await withholding.propose(brandId, terms, financeMaker);
    await expect(withholding.decide(brandId, rule.id, true, 'mine', financeMaker)).rejects.toMatchObject({ code: 'same_person' });
    const decided = await eight((index) => withholding.decide(brandId, rule.id, true, 'checked', person(`checker ${index}`)));
    expect(codes(decided)).toEqual(['done', ...Array<string>(7).fill('wrong_state')]);
    expect(await world.audited('withholding_rule', rule.id)).toEqual([
      `withholding.proposed ${financeMaker.id}: new law`,
      expect.stringMatching(/^withholding\.approved .*: checked$/),
    ]);
    const overlapping = await withholding.propose(brandId, { ...terms, partnerTypes: ['guide'] }, financeMaker);
    await expect(withholding.decide(brandId, overlapping.id, true, 'checked', financeChecker)).rejects.toMatchObject({
      code: 'withholding_overlaps',
    });
    const backdated = await withholding.propose(brandId, { ...terms, validFrom: '2026-01-31' }, financeMaker);
    await expect(withholding.decide(brandId, backdated.id, true, 'checked', financeChecker)).rejects.toMatchObject({
      code: 'withholding_backdated',
    });
    await withholding.decide(brandId, backdated.id, false, 'too late', financeChecker);
    await expect(withholding.propose(brandId, { ...terms, validFrom: '2026-02-30' }, financeMaker)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(
      (await withholding.list(brandId)).data
        .map(({ validFrom, state, partnerTypes }) => `${validFrom} ${state} ${partnerTypes.join()}`)
        .sort(),
    ).toEqual([
      '2026-01-01 APPROVED store',
      '2026-01-31 REJECTED guide,store',
      '2026-02-01 APPROVED guide,store',
      '2026-02-01 PROPOSED guide',
    ]);
    await world.refused('ck_withholding_rule_four_eyes', 'UPDATE withholding_rule SET decided_by = proposed_by');
  });
});
