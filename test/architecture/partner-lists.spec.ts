import { join } from 'node:path';
import ts from 'typescript';
import { filesBelow, parse, ROOT, SERVICES, visit } from './source-files';

interface Endpoint {
  readonly service: string;
  readonly path: string;
  readonly brand: boolean;
}
/** The console is no dependency of these proofs: what it knows is read where it stands. */
const consoleFile = (path: string) => import(join(ROOT, 'apps/console/src', path));

const decorators = (node: ts.HasDecorators): ts.CallExpression[] =>
  (ts.getDecorators(node) ?? []).map(({ expression }) => expression).filter(ts.isCallExpression);
const named = (node: ts.HasDecorators, name: string) => decorators(node).find((call) => call.expression.getText() === name);
const textOf = (call: ts.CallExpression): string => {
  const [argument] = call.arguments;
  return argument && ts.isStringLiteral(argument) ? argument.text : '';
};

/** Paths below `brands/:brandId` that are read, and whether the service narrows them to the partner of the caller. */
function reads(service: string): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const file of filesBelow(`apps/${service}/src`, (path) => path.endsWith('.controller.ts')))
    visit(parse(file), (node) => {
      const controller = ts.isClassDeclaration(node) ? named(node, 'Controller') : undefined;
      if (!controller || !ts.isClassDeclaration(node)) return;
      for (const method of node.members.filter(ts.isMethodDeclaration)) {
        const get = named(method, 'Get');
        const path = get && [textOf(controller), textOf(get)].filter(Boolean).join('/');
        if (path?.startsWith('brands/:brandId/'))
          found.set(path.slice('brands/:brandId/'.length), Boolean(named(method, 'NarrowsToScope')));
      }
    });
  return found;
}

describe('what the console offers a partner', () => {
  it('are the lists of which a service shows it its part, and no others', async () => {
    const { ENDPOINTS } = (await consoleFile('providers/resources')) as { ENDPOINTS: Record<string, Endpoint> };
    const { WITHIN_PARTNER } = (await consoleFile('providers/access')) as { WITHIN_PARTNER: ReadonlySet<string> };
    const narrowed = new Map(SERVICES.map((service) => [service, reads(service)]));
    const lists = Object.entries(ENDPOINTS).filter(([, { brand }]) => brand);
    const offered = lists.map(([name]) => `${name}: ${WITHIN_PARTNER.has(name)}`);
    const served = lists.map(([name, { service, path }]) => `${name}: ${narrowed.get(service)?.get(path)}`);
    expect(offered).toEqual(served);
  });
});
