import {
  CurrencyColumn,
  DateColumn,
  HashColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  MoneyColumn,
  PeriodColumn,
} from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** An order; everything but status, payment and what was refunded is frozen. */
@Entity('order_header')
@Index('order_external', ['brandId', 'externalId', 'channel'], { unique: true })
@Index('order_by_day', ['brandId', 'channel', 'businessDate', 'paidAt', 'netMinor'])
@Index('order_by_time', ['brandId', 'placedAt'])
export class OrderEntity {
  @IdColumn({ primary: true }) orderId: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 32 }) channel: string;
  @KeyColumn({ length: 100 }) externalId: string;
  @KeyColumn({ length: 16 }) status: string;
  @HashColumn() frozenHash: Buffer;
  @InstantColumn() placedAt: number;
  /** Set exactly when the order was published as paid. */
  @InstantColumn({ nullable: true }) paidAt: number | null;
  @InstantColumn({ nullable: true }) cancelledAt: number | null;
  @DateColumn() businessDate: string;
  @PeriodColumn() period: string;
  @CurrencyColumn() currency: string;
  /** Sealed identities. */
  @JsonColumn({ nullable: true }) buyer: object | null;
  @KeyColumn({ length: 64, nullable: true }) storeCode: string | null;
  @KeyColumn({ length: 64, nullable: true }) guideCode: string | null;
  @KeyColumn({ length: 64, nullable: true }) leaderCode: string | null;
  @KeyColumn({ length: 64, nullable: true }) touchpoint: string | null;
  @MoneyColumn({ nullable: true }) fulfilmentMinor: number | null;
  @MoneyColumn() netMinor: number;
  @MoneyColumn() refundedMinor: number;
  @InstantColumn() createdAt: number;
  @InstantColumn() updatedAt: number;
}

@Entity('order_line')
@Index('order_line_by_store', ['storeId', 'brandId', 'orderId'])
export class OrderLineEntity {
  @IdColumn({ primary: true }) orderId: string;
  @IntColumn({ primary: true }) lineNo: number;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 64 }) sku: string;
  /** As it was when the order was taken in. */
  @KeyColumn({ length: 64, nullable: true }) category: string | null;
  @IntColumn() quantity: number;
  @MoneyColumn() netMinor: number;
  /** Of the whole line; null when unknown. */
  @MoneyColumn({ nullable: true }) costMinor: number | null;
  @MoneyColumn() refundedMinor: number;
  @KeyColumn({ length: 64, nullable: true }) storeCode: string | null;
  /** The store as a partner, for row scope. */
  @IdColumn({ nullable: true }) storeId: string | null;
  @KeyColumn({ length: 64, nullable: true }) guideCode: string | null;
}

/** Finds a buyer's orders by blind index, so that a refund without an order number can be matched. */
@Entity('order_buyer_index')
export class OrderBuyerIndexEntity {
  @IdColumn({ primary: true }) brandId: string;
  @HashColumn({ primary: true }) buyerIndex: Buffer;
  @IdColumn({ primary: true }) orderId: string;
}
