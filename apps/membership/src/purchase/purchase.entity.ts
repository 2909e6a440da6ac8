import { Entity, Index } from 'typeorm';
import {
  CurrencyColumn,
  DateColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  MoneyColumn,
  TextColumn,
} from '@concentric/service-kit';

/** What an order means for the rolling spend of a person; member and tier are frozen as known then. */
@Entity('purchase')
@Index('purchase_customer', ['customerId', 'occurredAt'])
export class Purchase {
  @IdColumn({ primary: true }) orderId: string;
  @IdColumn() brandId: string;
  @IdColumn({ nullable: true }) customerId: string | null;
  @TextColumn({ length: 100 }) externalId: string;
  @KeyColumn({ length: 32 }) channel: string;
  @InstantColumn() occurredAt: number;
  @DateColumn() businessDate: string;
  @CurrencyColumn() currency: string;
  @MoneyColumn() netMinor: number;
  @MoneyColumn() refundedMinor: number;
  @FlagColumn() member: boolean;
  @KeyColumn({ length: 2, nullable: true }) tier: string | null;
}
