import { Module } from '@nestjs/common';
import { CommissionService } from './commission.service';
import { CountAdjustmentsWhenCommissionAdjusted } from './count-adjustments-when-commission-adjusted.consumer';
import { CountCommissionWhenCommissionAccrued } from './count-commission-when-commission-accrued.consumer';
import { CountCommissionWhenCommissionMatured } from './count-commission-when-commission-matured.consumer';
import { CountCommissionWhenCommissionReversed } from './count-commission-when-commission-reversed.consumer';
import { CountExpensesWhenExpenseRecorded } from './count-expenses-when-expense-recorded.consumer';
import { CountMembersWhenMemberRegistered } from './count-members-when-member-registered.consumer';
import { CountRefundsWhenOrderRefunded } from './count-refunds-when-order-refunded.consumer';
import { CountSalesWhenOrderPaid } from './count-sales-when-order-paid.consumer';
import { CountTiersWhenTierChanged } from './count-tiers-when-tier-changed.consumer';
import { FactService } from './fact.service';
import { KeepTouchpointsWhenTouchpointChanged } from './keep-touchpoints-when-touchpoint-changed.consumer';
import { OrderRefRepository } from './order-ref.repository';
import { OriginService } from './origin.service';
import { RollupRepository } from './rollup.repository';
import { SalesService } from './sales.service';

@Module({
  controllers: [
    CountSalesWhenOrderPaid,
    CountRefundsWhenOrderRefunded,
    CountAdjustmentsWhenCommissionAdjusted,
    CountCommissionWhenCommissionAccrued,
    CountCommissionWhenCommissionMatured,
    CountCommissionWhenCommissionReversed,
    CountExpensesWhenExpenseRecorded,
    CountMembersWhenMemberRegistered,
    CountTiersWhenTierChanged,
    KeepTouchpointsWhenTouchpointChanged,
  ],
  providers: [CommissionService, FactService, OrderRefRepository, OriginService, RollupRepository, SalesService],
})
export class ProjectionModule {}
