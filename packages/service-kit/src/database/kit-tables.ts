import type { MigrationInterface, ObjectLiteral } from 'typeorm';
import { AuditEntity } from '../audit/audit.entity';
import { AuditTables1700000000102 } from '../audit/audit-tables.migration';
import { BrandCopyEntity } from '../brand/brand-copy.entity';
import { BrandTables1700000000003 } from '../brand/brand-tables.migration';
import { DeadLetterEntity, InboxEntity, OutboxEntity } from '../events/event.entities';
import { EventTables1700000000001 } from '../events/event-tables.migration';
import { IdempotencyEntity } from '../http/idempotency/idempotency.entity';
import { IdempotencyTables1700000000101 } from '../http/idempotency/idempotency-tables.migration';
import { JobEntity, JobRunEntity } from '../jobs/job.entities';
import { JobTables1700000000002 } from '../jobs/job-tables.migration';
import { CustomerBindingEntity, NetworkPartnerEntity, NetworkPathEntity } from '../scope/scope.entities';
import { ScopeTables1700000000004 } from '../scope/scope-tables.migration';

/** Entities that every service's database has: those of the kit's own features. */
export const kitEntities: (new () => ObjectLiteral)[] = [
  OutboxEntity,
  InboxEntity,
  DeadLetterEntity,
  JobEntity,
  JobRunEntity,
  BrandCopyEntity,
  NetworkPartnerEntity,
  NetworkPathEntity,
  CustomerBindingEntity,
  IdempotencyEntity,
  AuditEntity,
];
/** Their migrations. */
export const kitMigrations: (new () => MigrationInterface)[] = [
  EventTables1700000000001,
  JobTables1700000000002,
  BrandTables1700000000003,
  ScopeTables1700000000004,
  IdempotencyTables1700000000101,
  AuditTables1700000000102,
];
