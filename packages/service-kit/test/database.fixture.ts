import type { TestDatabase, TestSchema } from '@concentric/testing';
import { freshSchema } from '@concentric/testing';
import { Entity, Index, type DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { createTable, generatedUniqueKey } from '../src/database/create-table';
import { createDataSource } from '../src/database/data-source';
import { Database } from '../src/database/database';
import {
  CurrencyColumn,
  DateColumn,
  FlagColumn,
  HashColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  MoneyColumn,
  PeriodColumn,
  TextColumn,
} from '../src/database/entity-columns';
import { migrateService } from '../src/database/migrate';
import { col } from '../src/database/migration-columns';
import type { GatePatience } from '../src/database/transaction-gate';

@Entity('account')
@Index(['brandId', 'code'], { unique: true })
export class Account {
  @IdColumn({ primary: true }) id: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 64 }) code: string;
  @MoneyColumn() balanceMinor: number;
  @CurrencyColumn() currency: string;
  @IntColumn() version: number;
  @IdColumn({ nullable: true }) ownerId: string | null;
  @InstantColumn({ nullable: true }) endedAt: number | null;
  @TextColumn({ nullable: true }) note: string | null;
}

@Entity('posting')
export class Posting {
  @IdColumn({ primary: true }) id: string;
  @IdColumn() accountId: string;
  @MoneyColumn() amountMinor: number;
  @InstantColumn() postedAt: number;
  @DateColumn() businessDate: string;
  @PeriodColumn() period: string;
  @HashColumn() inputHash: Buffer;
  @FlagColumn() reversed: boolean;
  @JsonColumn({ nullable: true }) detail: unknown;
}

export class LedgerTables1700000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'account',
      columns: [
        col.id('id'),
        col.id('brand_id'),
        col.key('code', 64),
        col.money('balance_minor', { default: 0 }),
        col.currency('currency'),
        col.int('version', { default: 0 }),
        col.id('owner_id', { nullable: true }),
        col.instant('ended_at', { nullable: true }),
        col.text('note', 255, { nullable: true }),
      ],
      primary: ['id'],
      unique: [{ name: 'account_code', columns: ['brand_id', 'code'] }],
      indices: [{ name: 'account_owner', columns: ['owner_id'] }],
      checks: [{ name: 'account_not_overdrawn', expression: 'balance_minor >= -1000' }],
      deletable: true,
    });
    await generatedUniqueKey(runner, 'account', {
      column: 'active_owner',
      expression: 'CASE WHEN ended_at IS NULL THEN owner_id END',
      index: 'account_active_owner',
    });
    await createTable(runner, {
      name: 'posting',
      columns: [
        col.id('id', { primary: true }),
        col.id('account_id'),
        col.money('amount_minor'),
        col.instant('posted_at'),
        col.date('business_date'),
        col.period('period'),
        col.hash('input_hash'),
        col.flag('reversed', { default: 0 }),
        col.json('detail', { nullable: true }),
      ],
      appendOnly: true,
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward');
  }
}

export interface Ledger {
  readonly schema: TestSchema;
  readonly source: DataSource;
  readonly database: Database;
  close(): Promise<void>;
}

/** A migrated schema, reached through the account a service runs with. */
export async function openLedger(db: TestDatabase, patience?: GatePatience): Promise<Ledger> {
  const schema = await freshSchema(db, 'distribution');
  const request = {
    service: 'distribution',
    config: schema.config,
    entities: [Account, Posting],
    migrations: [LedgerTables1700000000100],
  } as const;
  await migrateService(request);
  const source = await createDataSource({ ...request, ...(patience ? { patience } : {}) });
  return {
    schema,
    source,
    database: new Database(source),
    close: async () => {
      await source.destroy();
      await schema.drop();
    },
  };
}
