import { basename } from 'node:path';
import ts from 'typescript';
import * as contracts from '@concentric/contracts';
import { filesBelow, parse, SERVICES, visit } from './source-files';

/** One consumer as its source declares it. */
export interface DeclaredConsumer {
  readonly service: string;
  readonly path: string;
  /** The first argument of the decorator, or undefined when it is not a literal. */
  readonly name: string | undefined;
  /** Wire names of the events it subscribes to. */
  readonly events: readonly { readonly type: string; readonly producer: string }[];
}

const isEvent = (value: unknown): value is { type: string; producer: string } =>
  typeof value === 'object' && value !== null && 'type' in value && 'producer' in value && 'data' in value;

/** Every event of the contracts, by the name it is exported under. */
export const published = new Map(
  Object.entries(contracts).flatMap(([exported, value]) => (isEvent(value) ? [[exported, value] as const] : [])),
);

/** Exported names of the contracts package that a file imports: local name -> exported name. */
function contractImports(source: ts.SourceFile): Map<string, string> {
  const found = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (statement.moduleSpecifier.text !== '@concentric/contracts') continue;
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const element of bindings.elements) {
      found.set(element.name.text, (element.propertyName ?? element.name).text);
    }
  }
  return found;
}

function readConsumer(service: string, path: string, call: ts.CallExpression, source: ts.SourceFile): DeclaredConsumer {
  const imports = contractImports(source);
  const events = new Set<{ type: string; producer: string }>();
  for (const argument of call.arguments) {
    visit(argument, (node) => {
      const event = ts.isIdentifier(node) ? published.get(imports.get(node.text) ?? '') : undefined;
      if (event) events.add(event);
    });
  }
  const first = call.arguments[0];
  const name = first && ts.isStringLiteralLike(first) ? first.text : undefined;
  return { service, path, name, events: [...events] };
}

/** Every class decorated as a consumer in any service. */
export function declaredConsumers(): DeclaredConsumer[] {
  return SERVICES.flatMap((service) =>
    filesBelow(`apps/${service}/src`, (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts')).flatMap((path) => {
      const source = parse(path);
      const found: DeclaredConsumer[] = [];
      visit(source, (node) => {
        if (!ts.isDecorator(node) || !ts.isCallExpression(node.expression)) return;
        if (node.expression.expression.getText() !== 'Consumer') return;
        found.push(readConsumer(service, path, node.expression, source));
      });
      return found;
    }),
  );
}

/** 'attribute-when-order-paid' of '…/attribute-when-order-paid.consumer.ts'. */
export const consumerBaseName = (path: string): string => basename(path, '.consumer.ts');
