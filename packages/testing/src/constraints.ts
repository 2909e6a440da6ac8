import type { ServiceName } from '@concentric/contracts';
import { createDataSource, grouped, readConstraints, type ConstraintInDatabase, type ServiceConfig } from '@concentric/service-kit';

type DataSource = Awaited<ReturnType<typeof createDataSource>>;

/**
 * Works on the database of a service as the owner of its schema: no grant holds it back, and it sees every trigger.
 * @returns what the work returns
 */
export async function asOwner<T>(service: ServiceName, config: ServiceConfig, work: (source: DataSource) => Promise<T>): Promise<T> {
  const owner = await createDataSource({ service, config, entities: [], migrations: [], as: 'owner' });
  try {
    return await work(owner);
  } finally {
    await owner.destroy();
  }
}

/**
 * What the database of a service really enforces, a line per table, the same on every dialect: whether rows are appended
 * only, kept, or may be deleted, then its checks, generated columns, further triggers, and unique and foreign keys with their columns.
 */
export async function enforcedIn(service: ServiceName, config: ServiceConfig): Promise<Record<string, string>> {
  const tables = grouped(await asOwner(service, config, readConstraints), ({ table }) => table);
  tables.delete('migration');
  return Object.fromEntries(
    [...tables].map(([table, constraints]) => [table, [rowsOf(table, constraints), ...told(constraints)].join(' ')]),
  );
}

function rowsOf(table: string, constraints: readonly ConstraintInDatabase[]): string {
  const refuses = (event: string) =>
    constraints.some(({ kind, name, definition }) => kind === 'trigger' && name === `${table}_no_${event}` && definition === event);
  if (!refuses('delete')) return 'deletable';
  return refuses('update') ? 'append-only' : 'kept';
}

function told(constraints: readonly ConstraintInDatabase[]): string[] {
  return constraints
    .filter(({ table, kind, name }) => kind !== 'primary' && kind !== 'index' && !name.startsWith(`${table}_no_`))
    .map(({ kind, name, definition }) =>
      kind === 'unique' || kind === 'foreign' ? `${name}(${definition})` : kind === 'trigger' ? `${name}:${definition}` : name,
    )
    .sort();
}

/** What the tables of the kit enforce in the database of every service. */
export const kitEnforced: Readonly<Record<string, string>> = {
  audit_log: 'append-only',
  brand_copy: 'kept brand_copy_code(code)',
  customer_binding: 'kept',
  dead_letter: 'kept dead_letter_state',
  idempotency: 'kept',
  inbox: 'kept inbox_state',
  job: 'kept job_name_key(name,job_key) job_state',
  job_run: 'kept',
  network_partner: 'kept',
  network_path: 'deletable',
  outbox: 'kept',
};
