import ts from 'typescript';
import { filesBelow, isTestCode, isTypeScript, parse, visit } from './source-files';

/** What the database itself would tell as the time or the date. */
const DATABASE_TIME =
  /\b(?:now|curdate|curtime|sysdate|utc_timestamp|unix_timestamp|current_timestamp|current_date|date|datetime|strftime|julianday)\s*\(|\bcurrent_(?:timestamp|date|time)\b/i;
const STATEMENT = /\b(?:select|insert|update|delete|where|set|values)\b/i;

describe('business dates come from the zone of the brand', () => {
  const sources = ['apps', 'packages'].flatMap((folder) =>
    filesBelow(folder, (path) => /\/(?:src|migrations)\//.test(path) && isTypeScript(path) && !isTestCode(path)),
  );

  it('inv 27: no statement asks the database for the time', () => {
    const found = sources.flatMap((path) => {
      const asked: string[] = [];
      visit(parse(path), (node) => {
        const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
        if (isText && STATEMENT.test(node.getText()) && DATABASE_TIME.test(node.getText()))
          asked.push(`${path}: ${node.getText().slice(0, 80)}`);
      });
      return asked;
    });
    expect(found).toEqual([]);
  });

  it('sees the functions of every dialect and lets columns pass', () => {
    for (const sql of [
      'SELECT NOW()',
      'WHERE at < UNIX_TIMESTAMP(?)',
      "SELECT strftime('%Y', at)",
      'SET at = CURRENT_TIMESTAMP',
      'SELECT DATE(at) AS d',
    ])
      expect(DATABASE_TIME.test(sql)).toBe(true);
    for (const sql of ['SELECT business_date FROM purchase', 'SELECT MAX(date) FROM day', 'INSERT INTO day (origin_date, date)'])
      expect(DATABASE_TIME.test(sql)).toBe(false);
  });
});
