import ts from 'typescript';
import { filesBelow, isTestCode, isTypeScript, parse, SERVICES, visit } from './source-files';

const OTHER_SCHEMA = new RegExp(`concentric_(${SERVICES.map((name) => name.replace('-', '_')).join('|')})\\b`);
/** A table named together with its schema: from a.b, join `a`.`b`. Event names (a.b-c.v1) are none. */
const QUALIFIED_TABLE = /\b(?:from|join|into|update|table)\s+[`"]?[a-z]\w*[`"]?\s*\.\s*[`"]?[a-z]\w*\b(?![-.])/i;

function textsIn(path: string): string[] {
  const texts: string[] = [];
  visit(parse(path), (node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) {
      texts.push(node.text);
    }
  });
  return texts;
}

describe('a service reaches only its own schema', () => {
  it.each(SERVICES)('%s names no schema in its statements', (service) => {
    const sources = filesBelow(`apps/${service}`, (path) => isTypeScript(path) && !isTestCode(path));
    const found = sources.flatMap((path) =>
      textsIn(path)
        .filter((text) => OTHER_SCHEMA.test(text) || QUALIFIED_TABLE.test(text))
        .map((text) => `${path}: ${text.trim().slice(0, 80)}`),
    );
    expect(found).toEqual([]);
  });

  it('sees a qualified table and lets an event name pass', () => {
    expect(QUALIFIED_TABLE.test('SELECT a FROM commerce.orders o')).toBe(true);
    expect(QUALIFIED_TABLE.test('select a from `membership` . `member`')).toBe(true);
    expect(QUALIFIED_TABLE.test('parked until it hears from commerce.order-paid.v1')).toBe(false);
    expect(QUALIFIED_TABLE.test('select o.id from orders o where o.id = ?')).toBe(false);
  });
});
