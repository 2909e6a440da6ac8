import { filesBelow, importsOf, isTestCode, isTypeScript, parse, visit } from './source-files';
import ts from 'typescript';

const sources = filesBelow('packages/contracts/src', (path) => isTypeScript(path) && !isTestCode(path));

describe('contracts stay pure', () => {
  it.each(sources)('%s imports zod and its neighbours, nothing that runs or stores', (path) => {
    expect(importsOf(path).filter((imported) => !imported.startsWith('.') && imported !== 'zod')).toEqual([]);
  });

  it.each(sources)('%s holds no class: what travels is plain', (path) => {
    const classes: string[] = [];
    visit(parse(path), (node) => {
      if (ts.isClassDeclaration(node)) classes.push(node.name?.text ?? 'anonymous');
    });
    expect(classes).toEqual([]);
  });

  it.each(sources.filter((path) => path.endsWith('.event.ts')))('%s holds one event', (path) => {
    const calls: ts.CallExpression[] = [];
    visit(parse(path), (node) => {
      if (ts.isCallExpression(node) && node.expression.getText() === 'defineEvent') calls.push(node);
    });
    expect(calls).toHaveLength(1);
  });
});
