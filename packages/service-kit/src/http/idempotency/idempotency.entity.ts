import { Entity } from 'typeorm';
import { HashColumn, InstantColumn, LongTextColumn } from '../../database/entity-columns';

/** The first answer to a request, by who sent it where with which key. */
@Entity('idempotency')
export class IdempotencyEntity {
  /** SHA-256 of operator, route and key. */
  @HashColumn({ primary: true }) scopeHash: Buffer;
  @HashColumn() inputHash: Buffer;
  /** JSON of the answer. */
  @LongTextColumn() answer: string;
  @InstantColumn() createdAt: number;
}
