import {
  CurrencyColumn,
  DateColumn,
  HashColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LongTextColumn,
  MoneyColumn,
  PeriodColumn,
  TextColumn,
} from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** A refund: applied to its order, waiting for it, or held for a person. */
@Entity('refund')
@Index('refund_external', ['brandId', 'externalId', 'channel'], { unique: true })
@Index('refund_by_day', ['brandId', 'channel', 'businessDate', 'state', 'refundedMinor'])
@Index('refund_by_missing_order', ['brandId', 'state', 'orderExternalId'])
@Index('refund_by_buyer', ['brandId', 'state', 'matchIndex'])
@Index('refund_by_order', ['orderId'])
@Index('refund_by_time', ['brandId', 'occurredAt'])
export class RefundEntity {
  @IdColumn({ primary: true }) refundId: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 32 }) channel: string;
  @KeyColumn({ length: 110 }) externalId: string;
  @HashColumn() contentHash: Buffer;
  @KeyColumn({ length: 16 }) state: string;
  @KeyColumn({ length: 64, nullable: true }) holdReason: string | null;
  @IdColumn({ nullable: true }) orderId: string | null;
  @KeyColumn({ length: 100, nullable: true }) orderExternalId: string | null;
  @HashColumn({ nullable: true }) matchIndex: Buffer | null;
  @KeyColumn({ length: 64, nullable: true }) matchSku: string | null;
  @InstantColumn() occurredAt: number;
  @DateColumn() businessDate: string;
  @PeriodColumn() period: string;
  @CurrencyColumn() currency: string;
  /** JSON of the lines asked for, until it is applied. */
  @LongTextColumn({ nullable: true }) askedLines: string | null;
  @MoneyColumn({ nullable: true }) requestedMinor: number | null;
  @MoneyColumn() refundedMinor: number;
  @TextColumn({ length: 200, nullable: true }) reason: string | null;
  @InstantColumn() createdAt: number;
  @InstantColumn() updatedAt: number;
}

/** What an applied refund took from which line; append-only. */
@Entity('refund_line')
export class RefundLineEntity {
  @IdColumn({ primary: true }) refundId: string;
  @IntColumn({ primary: true }) lineNo: number;
  @IdColumn() brandId: string;
  @MoneyColumn() amountMinor: number;
}
