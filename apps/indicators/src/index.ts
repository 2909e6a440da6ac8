import type { ServiceDefinition } from '@concentric/service-kit';
import { CreateSalesFacts1764000500001 } from '../migrations/1764000500001-create-sales-facts';
import { CreateCommissionFacts1764000500002 } from '../migrations/1764000500002-create-commission-facts';
import { CreateFurtherFacts1764000500003 } from '../migrations/1764000500003-create-further-facts';
import { DefineIndicators1764000500004 } from '../migrations/1764000500004-define-indicators';
import { IndicatorDefinition } from './catalogue/indicator-definition.entity';
import { IndicatorsModule } from './indicators.module';
import { AdjustmentDaily } from './projection/adjustment-daily.entity';
import { CommissionDaily } from './projection/commission-daily.entity';
import { ExpenseDaily } from './projection/expense-daily.entity';
import { MemberDaily } from './projection/member-daily.entity';
import { OrderLineRef } from './projection/order-line-ref.entity';
import { OrderRef } from './projection/order-ref.entity';
import { RefundDaily } from './projection/refund-daily.entity';
import { RefundLine } from './projection/refund-line.entity';
import { SalesDaily } from './projection/sales-daily.entity';
import { TierDaily } from './projection/tier-daily.entity';
import { Touchpoint } from './projection/touchpoint.entity';

/** Facts projected from events, and the indicators computed from them. */
export const definition: ServiceDefinition = {
  name: 'indicators',
  module: IndicatorsModule,
  entities: [
    AdjustmentDaily,
    CommissionDaily,
    ExpenseDaily,
    IndicatorDefinition,
    MemberDaily,
    OrderLineRef,
    OrderRef,
    RefundDaily,
    RefundLine,
    SalesDaily,
    TierDaily,
    Touchpoint,
  ],
  migrations: [
    CreateSalesFacts1764000500001,
    CreateCommissionFacts1764000500002,
    CreateFurtherFacts1764000500003,
    DefineIndicators1764000500004,
  ],
  scope: { network: true },
};
