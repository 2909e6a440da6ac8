import { serviceRank, type ServiceName } from '@concentric/contracts';
import { consumerBaseName, declaredConsumers, published } from './consumers';
import { filesBelow, isTypeScript, parse, SERVICES } from './source-files';

const consumers = declaredConsumers();
const rankOf = (service: string): number => serviceRank[service as ServiceName];

describe('service ranks', () => {
  it('are the decided ones', () => {
    expect(serviceRank).toEqual({
      commerce: 1,
      'content-planning': 1,
      membership: 2,
      distribution: 3,
      organization: 4,
      indicators: 5,
    });
  });

  // The one exception, the projection of the partner network for row filters, lives in the kit and not in a service.
  it('a service consumes events only from lower ranks', () => {
    const backwards = consumers.flatMap(({ service, path, events }) =>
      events.filter((event) => !(rankOf(event.producer) < rankOf(service))).map((event) => `${path} consumes ${event.type}`),
    );
    expect(backwards).toEqual([]);
  });

  it('every event is taken by somebody: what nobody takes stays in the outbox', () => {
    const taken = new Set(consumers.flatMap(({ events }) => events.map(({ type }) => type)));
    const kit = filesBelow('packages/service-kit/src', isTypeScript).map((path) => parse(path).text);
    const left = [...published].filter(([name, { type }]) => !taken.has(type) && !kit.some((text) => text.includes(`[${name}]`)));
    expect(left.map(([, { type }]) => type)).toEqual([]);
  });

  it('every consumer says which published events it takes', () => {
    expect(consumers.filter(({ events }) => events.length === 0).map(({ path }) => path)).toEqual([]);
  });
});

describe('consumer files', () => {
  const files = SERVICES.flatMap((service) => filesBelow(`apps/${service}`, (path) => path.endsWith('.consumer.ts')));

  it('hold one consumer each, and there is none elsewhere', () => {
    expect(consumers.map(({ path }) => path).sort()).toEqual(files.sort());
  });

  it('say what is done and when', () => {
    const pattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*-when-[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
    expect(files.filter((path) => !pattern.test(consumerBaseName(path)))).toEqual([]);
  });

  it('carry the name that deliveries are addressed by', () => {
    const differing = consumers.filter(({ path, name }) => name?.split('.').pop() !== consumerBaseName(path));
    expect(differing.map(({ path, name }) => `${path} is addressed as ${name}`)).toEqual([]);
  });

  it('have names of their own in the whole system: a name is an address', () => {
    const names = files.map(consumerBaseName);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('name the event when it is one', () => {
    const other = consumers.filter(({ path, events }) => {
      const kebabName = events[0]?.type.split('.')[1];
      return events.length === 1 && !consumerBaseName(path).endsWith(`-when-${kebabName}`);
    });
    expect(other.map(({ path, events }) => `${path} takes ${events[0]?.type}`)).toEqual([]);
  });
});
