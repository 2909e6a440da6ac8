import { AdjustmentEntity } from './adjustment/adjustment.entity';
import { AccountHaltEntity } from './control/account-halt.entity';
import { CarriedBalanceEntity } from './control/carried-balance.entity';
import { ControlRunEntity } from './control/control-run.entity';
import { SettingEntity } from './setting/setting.entity';
import { PartnerEntity } from './partner/partner.entity';
import { ChannelEdgeEntity } from './hierarchy/channel-edge.entity';
import { NetworkStateEntity } from './hierarchy/network-state.entity';
import { PlanVersionEntity } from './plan/plan-version.entity';
import { PlanActivationEntity } from './plan/plan-activation.entity';
import { BindingEntity } from './binding/binding.entity';
import { CustomerMergeEntity } from './binding/customer-merge.entity';
import { HeldProposalEntity } from './purchase/held-proposal.entity';
import { ProductCostEntity } from './purchase/product-cost.entity';
import { PurchaseEntity } from './purchase/purchase.entity';
import { RefundEntity } from './purchase/refund.entity';
import { IntakeDayEntity } from './purchase/intake-day.entity';
import { BrandProgressEntity } from './purchase/brand-progress.entity';
import { CommissionLineEntity } from './commission/commission-line.entity';
import { CommissionStateEntity } from './commission/commission-state.entity';
import { LineHoldEntity } from './commission/line-hold.entity';
import { AccountingPeriodEntity } from './ledger/accounting-period.entity';
import { LedgerAccountEntity } from './ledger/ledger-account.entity';
import { LedgerTxnEntity } from './ledger/ledger-txn.entity';
import { LedgerEntryEntity } from './ledger/ledger-entry.entity';
import { AccountBalanceEntity } from './ledger/account-balance.entity';
import { SettlementRunEntity } from './settlement/settlement-run.entity';
import { DisputeEntity } from './statement/dispute.entity';
import { PayoutBlockEntity } from './statement/payout-block.entity';
import { StatementEntity } from './statement/statement.entity';
import { PayeeEntity } from './payee/payee.entity';
import { WithholdingRuleEntity } from './withholding/withholding-rule.entity';
import { BankFileEntity } from './payout/bank-file.entity';
import { BankLineEntity } from './payout/bank-line.entity';
import { FindingEntity } from './finding/finding.entity';
import { PartnerOwnerEntity } from './partner/partner-owner.entity';
import { PartnerPersonEntity } from './finding/partner-person.entity';
import { RecalculationEntity } from './recalculation/recalculation.entity';
import { RecalculationLineEntity } from './recalculation/recalculation-line.entity';
import { RecalculationTotalEntity } from './recalculation/recalculation-total.entity';
import { PayoutBatchEntity } from './payout/payout-batch.entity';
import { PayoutItemEntity } from './payout/payout-item.entity';

/** Every table of this service, for the drift check. */
export const entities = [
  SettingEntity,
  PartnerEntity,
  PartnerOwnerEntity,
  ChannelEdgeEntity,
  NetworkStateEntity,
  PlanVersionEntity,
  PlanActivationEntity,
  BindingEntity,
  CustomerMergeEntity,
  ProductCostEntity,
  PurchaseEntity,
  RefundEntity,
  HeldProposalEntity,
  IntakeDayEntity,
  BrandProgressEntity,
  CommissionLineEntity,
  CommissionStateEntity,
  LineHoldEntity,
  AccountingPeriodEntity,
  LedgerAccountEntity,
  LedgerTxnEntity,
  LedgerEntryEntity,
  AccountBalanceEntity,
  SettlementRunEntity,
  StatementEntity,
  PayoutBlockEntity,
  AdjustmentEntity,
  DisputeEntity,
  PayeeEntity,
  WithholdingRuleEntity,
  PayoutBatchEntity,
  PayoutItemEntity,
  BankFileEntity,
  BankLineEntity,
  FindingEntity,
  PartnerPersonEntity,
  RecalculationEntity,
  RecalculationLineEntity,
  RecalculationTotalEntity,
  CarriedBalanceEntity,
  ControlRunEntity,
  AccountHaltEntity,
];
