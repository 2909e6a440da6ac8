import type { DataSource } from 'typeorm';
import { dialectOf } from './data-source';

export interface ConstraintInDatabase {
  readonly table: string;
  /** `primary` for the primary key. */
  readonly name: string;
  readonly kind: 'primary' | 'unique' | 'index' | 'foreign' | 'check' | 'trigger' | 'generated';
  /** Columns separated by commas (of a foreign key, then `>` and the other table), the expression, or what the trigger refuses. */
  readonly definition: string;
}

/** Reads back what the database really enforces, in one form on every dialect. */
export async function readConstraints(source: DataSource): Promise<ConstraintInDatabase[]> {
  const found = dialectOf(source) === 'sqlite' ? await fromSqlite(source) : await fromMysql(source);
  return found.sort((a, b) => compare(a.table, b.table) || compare(a.kind, b.kind) || compare(a.name, b.name));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

interface MasterRow {
  type: string;
  name: string;
  tbl_name: string;
  sql: string | null;
}

async function fromSqlite(source: DataSource): Promise<ConstraintInDatabase[]> {
  const found: ConstraintInDatabase[] = [];
  const master: MasterRow[] = await source.query("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'");
  for (const row of master) {
    const table = row.tbl_name;
    if (row.type === 'trigger') found.push({ table, name: row.name, kind: 'trigger', definition: triggerEvent(row.sql ?? '') });
    if (row.type !== 'table') continue;
    const columns: { name: string; pk: number; hidden: number }[] = await source.query(
      `SELECT name, pk, hidden FROM pragma_table_xinfo('${table}')`,
    );
    const primary = columns.filter((c) => c.pk > 0).sort((a, b) => a.pk - b.pk);
    found.push({ table, name: 'primary', kind: 'primary', definition: primary.map((c) => c.name).join(',') });
    for (const check of sqliteChecks(row.sql ?? '')) found.push({ table, ...check, kind: 'check' });
    for (const key of sqliteForeign(row.sql ?? '')) found.push({ table, ...key, kind: 'foreign' });
    for (const column of columns.filter((c) => c.hidden === 2 || c.hidden === 3)) {
      found.push({ table, name: column.name, kind: 'generated', definition: generatedAs(row.sql ?? '', column.name) });
    }
    const indices: { name: string; unique: number; origin: string }[] = await source.query(
      `SELECT name, "unique", origin FROM pragma_index_list('${table}')`,
    );
    for (const index of indices.filter((i) => i.origin !== 'pk')) {
      const parts: { name: string }[] = await source.query(`SELECT name FROM pragma_index_info('${index.name}') ORDER BY seqno`);
      found.push({ table, name: index.name, kind: index.unique ? 'unique' : 'index', definition: parts.map((p) => p.name).join(',') });
    }
  }
  return found;
}

function sqliteChecks(sql: string): { name: string; definition: string }[] {
  return [...sql.matchAll(/CONSTRAINT [`"](\w+)[`"] CHECK \(/g)].map((match) => ({
    name: match[1] ?? '',
    definition: balanced(sql, match.index + match[0].length),
  }));
}

/** SQLite itself forgets the names of foreign keys. */
function sqliteForeign(sql: string): { name: string; definition: string }[] {
  return [...sql.matchAll(/CONSTRAINT `(\w+)` FOREIGN KEY \(([^)]+)\) REFERENCES `(\w+)`/g)].map(
    ([, name = '', columns = '', table = '']) => ({
      name,
      definition: `${columns.replace(/[` ]/g, '')}>${table}`,
    }),
  );
}

function generatedAs(sql: string, column: string): string {
  const match = new RegExp(`[\`"]${column}[\`"] \\w+ GENERATED ALWAYS AS \\(`).exec(sql);
  return match ? balanced(sql, match.index + match[0].length) : '';
}

/** The text from `start` to the parenthesis that closes the one before it. */
function balanced(sql: string, start: number): string {
  let depth = 1;
  let quote = '';
  for (let at = start; at < sql.length; at += 1) {
    const char = sql[at] ?? '';
    if (quote) quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"' || char === '`') quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')' && (depth -= 1) === 0) return sql.slice(start, at);
  }
  return sql.slice(start);
}

const triggerEvent = (sql: string) => /BEFORE (UPDATE|DELETE|INSERT)/i.exec(sql)?.[1]?.toLowerCase() ?? '';

async function fromMysql(source: DataSource): Promise<ConstraintInDatabase[]> {
  const indices: { t: string; n: string; u: string | number; d: string }[] = await source.query(
    `SELECT TABLE_NAME AS t, INDEX_NAME AS n, MIN(NON_UNIQUE) AS u, GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) AS d
     FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() GROUP BY TABLE_NAME, INDEX_NAME`,
  );
  const checks: { t: string; n: string; d: string }[] = await source.query(
    `SELECT c.TABLE_NAME AS t, c.CONSTRAINT_NAME AS n, k.CHECK_CLAUSE AS d FROM information_schema.TABLE_CONSTRAINTS c
     JOIN information_schema.CHECK_CONSTRAINTS k ON k.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND k.CONSTRAINT_NAME = c.CONSTRAINT_NAME
     WHERE c.CONSTRAINT_SCHEMA = DATABASE() AND c.CONSTRAINT_TYPE = 'CHECK'`,
  );
  const foreign: { t: string; n: string; d: string; o: string }[] = await source.query(
    `SELECT TABLE_NAME AS t, CONSTRAINT_NAME AS n, GROUP_CONCAT(COLUMN_NAME ORDER BY ORDINAL_POSITION) AS d, REFERENCED_TABLE_NAME AS o
     FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL
     GROUP BY TABLE_NAME, CONSTRAINT_NAME, REFERENCED_TABLE_NAME`,
  );
  const triggers: { t: string; n: string; d: string }[] = await source.query(
    'SELECT EVENT_OBJECT_TABLE AS t, TRIGGER_NAME AS n, EVENT_MANIPULATION AS d FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()',
  );
  const generated: { t: string; n: string; d: string }[] = await source.query(
    `SELECT TABLE_NAME AS t, COLUMN_NAME AS n, GENERATION_EXPRESSION AS d FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND GENERATION_EXPRESSION IS NOT NULL AND GENERATION_EXPRESSION <> ''`,
  );
  return [
    ...indices.map(({ t, n, u, d }): ConstraintInDatabase => {
      if (n === 'PRIMARY') return { table: t, name: 'primary', kind: 'primary', definition: d };
      return { table: t, name: n, kind: Number(u) === 0 ? 'unique' : 'index', definition: d };
    }),
    ...foreign.map(({ t, n, d, o }): ConstraintInDatabase => ({ table: t, name: n, kind: 'foreign', definition: `${d}>${o}` })),
    ...checks.map(({ t, n, d }): ConstraintInDatabase => ({ table: t, name: n, kind: 'check', definition: d })),
    ...triggers.map(({ t, n, d }): ConstraintInDatabase => ({ table: t, name: n, kind: 'trigger', definition: d.toLowerCase() })),
    ...generated.map(({ t, n, d }): ConstraintInDatabase => ({ table: t, name: n, kind: 'generated', definition: d })),
  ];
}
