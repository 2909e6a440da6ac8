import { databases } from '@concentric/testing';
import type { AuditRow } from '@concentric/contracts';
import { Audit, namedId } from '../src';
import { asProblem, type HttpFixture, startHttp } from './http.fixture';

const brandId = namedId('brand/one');
const entityId = namedId('note/one');
const permissions = ['commerce.audit.read'];

describe.each(databases())('the audit log over HTTP, on $name', (db) => {
  let http: HttpFixture;
  const read = async (claims: object, query = `entityType=note&entityId=${entityId}`) =>
    http.request(`/brands/${brandId}/audit?${query}`, { token: await http.operators.token({ permissions, ...claims }) });

  beforeAll(async () => {
    http = await startHttp(db);
    const entry = { brandId, entityType: 'note', entityId };
    await http.database.transaction((tx) =>
      http.app.get(Audit).record(tx, [
        { ...entry, actorId: 'anna', action: 'note.proposed', to: 'PROPOSED', reason: 'too low', after: { figure: 2 } },
        { ...entry, actorId: 'bert', action: 'note.approved', from: 'PROPOSED', to: 'APPROVED' },
        { ...entry, actorId: 'anna', action: 'note.proposed', entityId: namedId('note/two') },
        { ...entry, actorId: 'anna', action: 'note.proposed', brandId: namedId('brand/two') },
      ]),
    );
  });
  afterAll(() => http?.close());

  it('tells who did what to one thing of one brand, with the reason and what changed', async () => {
    const { data } = (await read({})).json as { data: AuditRow[] };
    const told = data.map(({ actorId, action, from, to, reason, before, after }) => ({ actorId, action, from, to, reason, before, after }));
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        { actorId: 'anna', action: 'note.proposed', from: null, to: 'PROPOSED', reason: 'too low', before: null, after: { figure: 2 } },
        { actorId: 'bert', action: 'note.approved', from: 'PROPOSED', to: 'APPROVED', reason: null, before: null, after: null },
      ]),
    );
  });

  it('pages', async () => {
    const first = (await read({}, `entityType=note&entityId=${entityId}&limit=1`)).json as { pageInfo: { nextCursor: string } };
    const rest = await read({}, `entityType=note&entityId=${entityId}&limit=1&cursor=${first.pageInfo.nextCursor}`);
    expect((rest.json as { data: AuditRow[] }).data).toHaveLength(1);
  });

  it('is refused to who sees the rows of one partner only, and to who lacks the permission', async () => {
    for (const scope of [{ kind: 'partner', partnerId: namedId('partner/one') }, { kind: 'none' }])
      expect(asProblem(await read({ scope }))).toMatchObject({ status: 403, code: 'whole_brand_only' });
    expect((await read({ permissions: ['membership.audit.read'] })).status).toBe(403);
  });

  it('asks which thing is meant', async () => {
    expect(asProblem(await read({}, ''))).toMatchObject({ status: 400, code: 'invalid_input' });
  });
});
