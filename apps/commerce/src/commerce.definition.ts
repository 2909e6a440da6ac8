import type { ServiceDefinition } from '@concentric/service-kit';
import { CommerceTables1763769600001 } from '../migrations/1763769600001-commerce-tables';
import { ImportTables1763769600002 } from '../migrations/1763769600002-import-tables';
import { BrandEntity, ChannelEntity } from './brand/brand.entity';
import { CommerceModule } from './commerce.module';
import { ExpenseEntity } from './expense/expense.entity';
import { ImportRejectEntity, ImportRunEntity } from './import/import.entity';
import { OrderBuyerIndexEntity, OrderEntity, OrderLineEntity } from './order/order.entity';
import { ProductCostEntity, ProductEntity } from './product/product.entity';
import { RefundEntity, RefundLineEntity } from './refund/refund.entity';
import { IntakeSealEntity } from './seal/seal.entity';

export const commerce: ServiceDefinition = {
  name: 'commerce',
  module: CommerceModule,
  entities: [
    BrandEntity,
    ChannelEntity,
    ProductEntity,
    ProductCostEntity,
    OrderEntity,
    OrderLineEntity,
    OrderBuyerIndexEntity,
    RefundEntity,
    RefundLineEntity,
    ExpenseEntity,
    IntakeSealEntity,
    ImportRunEntity,
    ImportRejectEntity,
  ],
  migrations: [CommerceTables1763769600001, ImportTables1763769600002],
  scope: { network: true },
};
