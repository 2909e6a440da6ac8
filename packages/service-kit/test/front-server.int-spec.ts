import { Module } from '@nestjs/common';
import { freshSchema, type TestDatabase } from '@concentric/testing';
import { createService, FrontServer, InProcessBroker, SimulatedClock } from '../src/index';

@Module({})
class NoFeature {}

const sqlite: TestDatabase = { name: 'sqlite', dialect: 'sqlite' };

describe('one port for several services', () => {
  it('asks for patience where a service is still starting, while others answer', async () => {
    const schema = await freshSchema(sqlite, 'commerce');
    const definition = { name: 'commerce' as const, module: NoFeature, entities: [], migrations: [] };
    const service = await createService(definition, {
      config: schema.config,
      broker: new InProcessBroker(),
      clock: new SimulatedClock(),
    });
    const front = new FrontServer('/nowhere', ['commerce', 'membership']);
    const origin = `http://127.0.0.1:${await front.listen(0, '127.0.0.1')}`;
    const status = async (path: string) => (await fetch(origin + path)).status;
    try {
      expect(await status('/api/commerce/ops/live')).toBe(503);
      front.mount(service);
      expect(await status('/api/commerce/ops/live')).toBe(200);
      const waiting = await fetch(`${origin}/api/membership/ops/live`);
      expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await waiting.json()).toMatchObject({ code: 'starting', status: 503 });
      expect(await status('/api/nobody/ops/live')).toBe(404);
    } finally {
      await front.close();
      await service.close();
      await schema.drop();
    }
  });
});
