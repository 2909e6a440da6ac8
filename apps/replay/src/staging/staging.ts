import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FileSpec, Manifest } from '../manifest/manifest';
import { ManifestError, type ManifestProblem } from '../manifest/manifest.errors';
import { recordKinds, type RecordKind } from '../manifest/record-fields';
import { RecordMapper, RefusedRow } from './record-mapper';
import { settleStaging } from './settle-staging';
import { StagingDatabase } from './staging-database';
import { stageExpense, stageProduct } from './stage-goods';
import { stageLink, stagePartner } from './stage-network';
import { stageOrder, stageOrderLine } from './stage-orders';
import { stageRefund } from './stage-refunds';
import type { Place, Stage, Stager } from './stager';
import { openTable, type RawRow, type Table } from './table-reader';
import { Zone } from './zone.rules';

const STAGERS: Readonly<Record<RecordKind, Stager>> = {
  links: stageLink,
  products: stageProduct,
  partners: stagePartner,
  orders: stageOrder,
  'order-lines': stageOrderLine,
  refunds: stageRefund,
  expenses: stageExpense,
};

/** The field that names a record of a kind in lists of rejected rows. */
const ID_FIELD: Readonly<Record<RecordKind, string>> = {
  links: 'from',
  products: 'sku',
  partners: 'code',
  orders: 'order',
  'order-lines': 'order',
  refunds: 'refund',
  expenses: 'expense',
};

interface NamedFile {
  readonly name: string;
  readonly path: string;
  readonly spec: FileSpec;
}

export interface StagedFile {
  readonly name: string;
  /** What its owner calls a field of ours. */
  nameOf(field: string): string;
}

export interface StagedFiles {
  readonly database: StagingDatabase;
  /** The files by the numbers that staged rows carry. */
  readonly files: readonly StagedFile[];
  readonly rowsRead: number;
}

/**
 * Reads every file of a manifest into a throwaway database. Broken rows are listed there and never stop the run.
 * @param progress called now and then with the file being read and the rows read in all
 * @throws ManifestError when a named file or column does not exist; UnreadableFileError when a file is damaged
 */
export async function stageFiles(
  manifest: Manifest,
  folder: string,
  databasePath: string,
  progress: (file: string, rows: number) => void = () => undefined,
): Promise<StagedFiles> {
  const files = filesOf(manifest, folder);
  const database = new StagingDatabase(databasePath);
  try {
    const zone = new Zone(manifest.brand.zone);
    const staged: StagedFile[] = [];
    let rowsRead = 0;
    for (const [index, { name, path, spec }] of files.entries()) {
      const mapper = new RecordMapper(spec, manifest.brand.currency, zone);
      staged.push({ name, nameOf: (field) => mapper.nameOf(field) });
      progress(name, rowsRead);
      const table = await openTable(path, spec);
      checkColumns(table, spec, name);
      if (table.columns?.length === 0)
        database.reject({ file: index, row: 0 }, spec.kind, '', {
          field: '',
          code: 'empty_file',
          message: 'holds nothing, not even names of columns',
          remedy: 'provide it again if it should',
        });
      const stage: Stage = { database, manifest, mapper, name, file: index };
      for await (const row of table.rows) {
        stageRow(stage, row);
        rowsRead += 1;
        if (rowsRead % 10_000 === 0) progress(name, rowsRead);
      }
    }
    settleStaging(database, manifest);
    return { database, files: staged, rowsRead };
  } catch (error) {
    database.close();
    throw error;
  }
}

function stageRow(stage: Stage, row: RawRow): void {
  const { mapper, file } = stage;
  const { kind } = mapper.spec;
  const place: Place = { file, row: row.line };
  if (row.broken) {
    stage.database.reject(place, kind, '', { field: '', ...row.broken });
    return;
  }
  if (!mapper.accepts(row)) return;
  try {
    const mapped = mapper.map(row);
    mapped.checkCurrency(stage.manifest.brand.currency);
    STAGERS[kind](stage, mapped, place);
  } catch (error) {
    if (!(error instanceof RefusedRow)) throw error;
    stage.database.reject(place, kind, mapper.text(row, ID_FIELD[kind]) ?? '', error.refusal);
  }
}

/** Every file that the manifest names: what joins need first, then in the order of the manifest, then by name. */
function filesOf(manifest: Manifest, folder: string): NamedFile[] {
  const problems: ManifestProblem[] = [];
  const files = manifest.files.flatMap((spec, index) => {
    const names = expand(folder, spec.file);
    if (names.length === 0) {
      problems.push({
        path: `files[${index}].file`,
        problem: `${spec.file} does not exist in ${folder}`,
        remedy: 'check the name, or name the folder with --files',
      });
    }
    return names.map((name) => ({ name, path: join(folder, name), spec }));
  });
  if (problems.length > 0) throw new ManifestError('manifest.json', problems);
  return files.sort((a, b) => recordKinds.indexOf(a.spec.kind) - recordKinds.indexOf(b.spec.kind));
}

/** Names that match a pattern with `*` and `?`, also within folder names, in code-point order. */
function expand(folder: string, pattern: string): string[] {
  let found = [''];
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  for (const [depth, part] of parts.entries()) {
    const last = depth === parts.length - 1;
    found = found.flatMap((parent) => entries(join(folder, parent), part, last).map((name) => (parent ? `${parent}/${name}` : name)));
  }
  return found.sort();
}

function entries(folder: string, part: string, wantFile: boolean): string[] {
  const expression = new RegExp(
    `^${part
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  const isWanted = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === wantFile;
  const names = part === '..' ? ['..'] : statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  return names.filter((name) => (name === part || expression.test(name)) && (name === '..' || isWanted(name)));
}

function checkColumns({ columns }: Table, spec: FileSpec, name: string): void {
  // A file without a single line has no columns and no rows either.
  if (!columns || columns.length === 0) return;
  const wanted = Object.entries(spec.columns).flatMap(([field, column]) =>
    [column].flat().map((text) => ({ path: `columns.${field}`, text })),
  );
  wanted.push(...spec.where.map(({ column }) => ({ path: 'where', text: column })));
  const hint = columns.length === 1 ? '; if that is several, set delimiter; a ZIP archive or Excel workbook has to be saved as CSV' : '';
  const problems = wanted.flatMap(({ path, text }) => {
    const places = columns.filter((column) => column === text).length;
    if (places === 0)
      return [{ path, problem: `${basename(name)} has no column ${text}`, remedy: `it has ${columns.join(', ').slice(0, 1000)}${hint}` }];
    return places > 1 ? [{ path, problem: `${basename(name)} has ${places} columns ${text}`, remedy: 'give each a name of its own' }] : [];
  });
  if (problems.length > 0) throw new ManifestError(`manifest.json, file ${name} (${spec.kind})`, problems);
}
