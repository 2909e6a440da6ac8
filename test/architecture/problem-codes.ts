import ts from 'typescript';
import { filesBelow, isTestCode, isTypeScript, parse, SERVICES, visit } from './source-files';

/** A stable code that a service answers with, and whether a remedy comes with it. */
export interface ProblemCode {
  readonly code: string;
  readonly file: string;
  readonly hasRemedy: boolean;
}

/** The functions that make problems, and which of their arguments is the code. */
const MAKERS: Readonly<Record<string, { argument: number; suffix?: string; hasRemedy?: boolean }>> = {
  conflict: { argument: 0 },
  forbidden: { argument: 0 },
  notFound: { argument: 0, suffix: '_not_found' },
  fault: { argument: 1, hasRemedy: true },
};
/** What zod finds wrong is answered under zod's own codes. */
const ZOD = [
  'custom',
  'invalid_element',
  'invalid_format',
  'invalid_key',
  'invalid_type',
  'invalid_union',
  'invalid_value',
  'not_multiple_of',
  'too_big',
  'too_small',
  'unrecognized_keys',
];
const SAID_WITH = ['title', 'message', 'status'];

/** Every code that a service or the kit can answer with, read from the source. */
export function problemCodes(): ProblemCode[] {
  const files = [...SERVICES.map((service) => `apps/${service}/src`), 'packages/service-kit/src']
    .flatMap((folder) => filesBelow(folder, isTypeScript))
    .filter((file) => !isTestCode(file));
  return [...ZOD.map((code) => ({ code, file: 'zod', hasRemedy: true })), ...files.flatMap(codesIn)];
}

function codesIn(file: string): ProblemCode[] {
  const found: ProblemCode[] = [];
  visit(parse(file), (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const maker = MAKERS[node.expression.text];
      const code = maker && node.arguments[maker.argument];
      if (code && ts.isStringLiteral(code))
        found.push({ code: code.text + (maker.suffix ?? ''), file, hasRemedy: maker.hasRemedy ?? false });
    }
    if (ts.isObjectLiteralExpression(node)) found.push(...codeOf(node, file));
    // A code that was decided on before its problem is made: `if (code === 'loop') return { field, code, … }`.
    if (ts.isIfStatement(node)) found.push(...decided(node.expression, file));
  });
  return found;
}

function decided(condition: ts.Expression, file: string): ProblemCode[] {
  const isCode = ts.isBinaryExpression(condition) && condition.left.getText() === 'code';
  return isCode && ts.isStringLiteral(condition.right) ? [{ code: condition.right.text, file, hasRemedy: true }] : [];
}

function codeOf(node: ts.ObjectLiteralExpression, file: string): ProblemCode[] {
  const named = new Map(node.properties.map((property) => [property.name?.getText() ?? '...', property]));
  const property = named.get('code');
  const isProblem = SAID_WITH.some((name) => named.has(name)) || named.has('...');
  if (!property || !isProblem || !ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.initializer)) return [];
  return [{ code: property.initializer.text, file, hasRemedy: named.has('remedy') || named.has('...') }];
}
