import { ownReason, ownReasons, readOwnReason, type OwnReason } from '@concentric/contracts';
import { join } from 'node:path';
import ts from 'typescript';
import { filesBelow, isTestCode, isTypeScript, parse, ROOT, SERVICES, visit } from './source-files';

/** What a reason is called on its way into the log or a document. */
const REASONS = new Set(['reason', 'parkedReason', 'why', 'fault']);
const sources = SERVICES.flatMap((service) => filesBelow(`apps/${service}/src`, isTypeScript)).filter((file) => !isTestCode(file));

const isMaker = (node: ts.Node): node is ts.CallExpression => ts.isCallExpression(node) && node.expression.getText() === 'ownReason';
const isSentence = (node: ts.Node): boolean => (ts.isStringLiteralLike(node) && node.text.includes(' ')) || ts.isTemplateExpression(node);

/** Sentences in what a reason is given as, outside of `ownReason`. */
function sentencesIn(node: ts.Node): string[] {
  if (isMaker(node)) return [];
  if (isSentence(node)) return [node.getText()];
  const found: string[] = [];
  node.forEachChild((child) => void found.push(...sentencesIn(child)));
  return found;
}

const write = ownReason as (key: OwnReason, given: object) => string;

/** What is given as a reason: in an object, as a constant, or as the second of what `noted` and `record` are told. */
function given(node: ts.Node): ts.Node | undefined {
  if (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node))
    return REASONS.has(node.name.getText()) ? node.initializer : undefined;
  if (ts.isFunctionDeclaration(node)) return node.name && REASONS.has(node.name.text) ? node.body : undefined;
  return ts.isCallExpression(node) && node.expression.getText() === 'noted' ? node.arguments[1] : undefined;
}

/** Imports answer in rows what is wrong with a line: those are problems, and said by their codes. */
const isProblem = (node: ts.Node): boolean =>
  ts.isObjectLiteralExpression(node.parent) && node.parent.properties.some((one) => one.name?.getText() === 'remedy');

describe('reasons that a service gives itself', () => {
  it('are sentences of the one list, so that they can be said in another language', () => {
    const elsewhere: string[] = [];
    for (const file of sources)
      visit(parse(file), (node) => {
        const reason = given(node);
        if (reason && !isProblem(node)) elsewhere.push(...sentencesIn(reason).map((text) => `${file}: ${text}`));
      });
    expect(elsewhere).toEqual([]);
  });

  it('are all given by some service', () => {
    const used = new Set<string>();
    for (const file of sources)
      visit(parse(file), (node) => {
        if (isMaker(node) && node.arguments[0] && ts.isStringLiteral(node.arguments[0])) used.add(node.arguments[0].text);
      });
    expect(ownReasons.filter((key) => !used.has(key))).toEqual([]);
  });

  it.each(ownReasons)('%s is known again by its sentence, with its variables', (key) => {
    const values = Object.fromEntries(variablesGiven(key).map((name, at) => [name, `${at + 1}2026-01`]));
    expect(readOwnReason(write(key, values))).toEqual({ key, given: values });
  });

  it.each(ownReasons)('%s is said in both languages, with nothing but its variables', async (key) => {
    for (const language of ['en', 'zh']) {
      const unknown = (await variablesOf(key, language)).filter((name) => !variablesGiven(key).includes(name));
      expect(unknown).toEqual([]);
    }
  });

  it('takes what a person has typed for what it is', () => {
    expect(['', 'ok', 'Approved after a call with the partner', '已与财务核对'].map(readOwnReason)).toEqual([null, null, null, null]);
  });
});

/** The console is no dependency of these proofs: its texts are read where they stand. */
async function variablesOf(key: OwnReason, language: string): Promise<string[]> {
  const file = (await import(join(ROOT, `apps/console/src/i18n/messages.${language}`))) as {
    messages: { own_reason: Readonly<Record<string, string | undefined>> };
  };
  const text = file.messages.own_reason[key];
  if (!text) throw new Error(`own_reason.${key} is not said in ${language}`);
  return [...text.matchAll(/%\{(\w+)\}/g)].map((found) => found[1]!);
}

/** Variables of a sentence: those that are asked for when it is written. */
function variablesGiven(key: OwnReason): string[] {
  const asked = new Set<string>();
  const values = new Proxy({}, { get: (_, name) => (asked.add(String(name)), '1') });
  write(key, values);
  return [...asked];
}
