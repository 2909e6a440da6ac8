import { Module } from '@nestjs/common';
import { AdjustmentBooking } from './adjustment/adjustment-booking.service';
import { AdjustmentController } from './adjustment/adjustment.controller';
import { AdjustmentRepository } from './adjustment/adjustment.repository';
import { AdjustmentService } from './adjustment/adjustment.service';
import { BindingController } from './binding/binding.controller';
import { BindingListRepository } from './binding/binding-list.repository';
import { BindingRepository } from './binding/binding.repository';
import { BoundPartner } from './binding/bound-partner.service';
import { MergeRepository } from './binding/merge.repository';
import { AccrualService } from './commission/accrual.service';
import { CommissionController } from './commission/commission.controller';
import { CommissionLineRepository } from './commission/commission-line.repository';
import { CommissionRepository } from './commission/commission.repository';
import { DecisionService } from './commission/decision.service';
import { LineHoldController } from './commission/line-hold.controller';
import { LineHoldService } from './commission/line-hold.service';
import { MaturityService } from './commission/maturity.service';
import { RefundService } from './commission/refund.service';
import { WhyController } from './commission/why.controller';
import { WhyDocumentRepository } from './commission/why-document.repository';
import { WhyLedgerRepository } from './commission/why-ledger.repository';
import { WhyLineRepository } from './commission/why-line.repository';
import { WhyPayoutRepository } from './commission/why-payout.repository';
import { WhyService } from './commission/why.service';
import { WhyStatementService } from './commission/why-statement.service';
import { FindingController } from './finding/finding.controller';
import { FindingExamination } from './finding/finding-examination.service';
import { FindingRepository } from './finding/finding.repository';
import { FindingSearch } from './finding/finding-search.repository';
import { FindingService } from './finding/finding.service';
import { PartnerPersonService } from './finding/partner-person.service';
import { AccountHalts } from './control/account-halt.repository';
import { BookControl } from './control/book-control.service';
import { CheckBooks } from './control/check-books.job';
import { ControlController } from './control/control.controller';
import { ControlRepository } from './control/control.repository';
import { HaltRelease } from './control/halt-release.service';
import { NetworkRepository } from './hierarchy/network.repository';
import { JournalController } from './ledger/journal.controller';
import { JournalRepository } from './ledger/journal.repository';
import { LedgerController } from './ledger/ledger.controller';
import { LedgerRepository } from './ledger/ledger.repository';
import { PeriodService } from './ledger/period.service';
import { TrialBalanceService } from './ledger/trial-balance.service';
import { PartnerController } from './partner/partner.controller';
import { PartnerFileService } from './partner/partner-file.service';
import { PartnerRepository } from './partner/partner.repository';
import { PartnerOwnerController } from './partner/partner-owner.controller';
import { PartnerOwnerService } from './partner/partner-owner.service';
import { PartnerService } from './partner/partner.service';
import { PayeeController } from './payee/payee.controller';
import { PayeeRepository } from './payee/payee.repository';
import { PayeeService } from './payee/payee.service';
import { BankController } from './payout/bank.controller';
import { BankLineRepository } from './payout/bank-line.repository';
import { BankLines } from './payout/bank-line.service';
import { BankResults } from './payout/bank-result.service';
import { PayoutCancelController } from './payout/payout-cancel.controller';
import { PayoutController } from './payout/payout.controller';
import { PayoutEjection } from './payout/payout-ejection.service';
import { PayoutFileController } from './payout/payout-file.controller';
import { PayoutFileService } from './payout/payout-file.service';
import { PayoutItemController } from './payout/payout-item.controller';
import { PayoutListRepository } from './payout/payout-list.repository';
import { PayoutOutcome } from './payout/payout-outcome.service';
import { PayoutPosting } from './payout/payout-posting.service';
import { PayoutPreparation } from './payout/payout-preparation.service';
import { PayoutRelease } from './payout/payout-release.service';
import { PayoutRepository } from './payout/payout.repository';
import { PayoutResolution } from './payout/payout-resolution.service';
import { PayoutReviewController } from './payout/payout-review.controller';
import { PayoutReview } from './payout/payout-review.service';
import { PlanController } from './plan/plan.controller';
import { PlanRepository } from './plan/plan.repository';
import { PlanService } from './plan/plan.service';
import { ArrivalSignal } from './purchase/arrival-signal.service';
import { BrandProgress } from './purchase/brand-progress.service';
import { HeldDecisions } from './purchase/held-decision.service';
import { HeldPurchaseController } from './purchase/held-purchase.controller';
import { HeldPurchaseList } from './purchase/held-purchase-list.repository';
import { HeldPurchases } from './purchase/held-purchase.service';
import { HeldRefundController } from './purchase/held-refund.controller';
import { HeldRefunds } from './purchase/held-refund.service';
import { HeldRefundVoid } from './purchase/held-refund-void.service';
import { IntakeDays } from './purchase/intake-day.repository';
import { KeepCostWhenProductCosted } from './purchase/keep-cost-when-product-costed.consumer';
import { NoteSealWhenIntakeSealed } from './purchase/note-seal-when-intake-sealed.consumer';
import { ProductCosts } from './purchase/product-cost.repository';
import { PurchaseQueue } from './purchase/purchase-queue.repository';
import { QueuePurchaseWhenPurchaseAttributed } from './purchase/queue-purchase-when-purchase-attributed.consumer';
import { QueueRefundWhenOrderRefunded } from './purchase/queue-refund-when-order-refunded.consumer';
import { BookRecalculationJob } from './recalculation/book-recalculation.job';
import { ComputeRecalculationJob } from './recalculation/compute-recalculation.job';
import { RecalculationComparison } from './recalculation/recalculation-comparison.service';
import { RecalculationController } from './recalculation/recalculation.controller';
import { RecalculationDifferences } from './recalculation/recalculation-difference.repository';
import { RecalculationList } from './recalculation/recalculation-list.repository';
import { RecalculationRepository } from './recalculation/recalculation.repository';
import { RecalculationService } from './recalculation/recalculation.service';
import { SettingController } from './setting/setting.controller';
import { SettingService } from './setting/setting.service';
import { AdvanceBrandsJob } from './settlement/advance-brands.job';
import { BrandStep } from './settlement/brand-step.service';
import { DaySettlement } from './settlement/day-settlement.service';
import { PeriodController } from './settlement/period.controller';
import { PeriodCloseService } from './settlement/period-close.service';
import { PeriodEnd } from './settlement/period-end.service';
import { PeriodGate } from './settlement/period-gate.service';
import { PeriodListService } from './settlement/period-list.service';
import { PeriodRebuild } from './settlement/period-rebuild.service';
import { PeriodSeal } from './settlement/period-seal.service';
import { PurchaseBooking } from './settlement/purchase-booking.service';
import { DisputeController } from './statement/dispute.controller';
import { DisputeRepository } from './statement/dispute.repository';
import { DisputeService } from './statement/dispute.service';
import { PayoutBlockController } from './statement/payout-block.controller';
import { PayoutBlockRepository } from './statement/payout-block.repository';
import { PayoutBlockService } from './statement/payout-block.service';
import { ReviewService } from './statement/review.service';
import { SettlementPlan } from './settlement/settlement-plan.service';
import { SettlementService } from './settlement/settlement.service';
import { StatementAdvance } from './statement/statement-advance.service';
import { StatementAnswerService } from './statement/statement-answer.service';
import { StatementController } from './statement/statement.controller';
import { StatementListRepository } from './statement/statement-list.repository';
import { StatementMoves } from './statement/statement-moves.service';
import { StatementVoidController } from './statement/statement-void.controller';
import { StatementVoidService } from './statement/statement-void.service';
import { StatementRepository } from './settlement/statement.repository';
import { WorkSignals } from './settlement/work-signals.service';
import { WithholdingController } from './withholding/withholding.controller';
import { WithholdingRepository } from './withholding/withholding.repository';
import { WithholdingService } from './withholding/withholding.service';

/** The features feed each other along the line (network, binding, plan → purchase → commission → ledger → settlement), so they are wired in one place. */
@Module({
  controllers: [
    AdjustmentController,
    BankController,
    BindingController,
    CommissionController,
    ControlController,
    DisputeController,
    FindingController,
    HeldPurchaseController,
    HeldRefundController,
    JournalController,
    KeepCostWhenProductCosted,
    LedgerController,
    LineHoldController,
    NoteSealWhenIntakeSealed,
    PartnerController,
    PartnerOwnerController,
    PayeeController,
    PayoutCancelController,
    PayoutController,
    PayoutFileController,
    PayoutItemController,
    PayoutReviewController,
    PeriodController,
    PayoutBlockController,
    PlanController,
    QueuePurchaseWhenPurchaseAttributed,
    QueueRefundWhenOrderRefunded,
    RecalculationController,
    SettingController,
    StatementController,
    StatementVoidController,
    WhyController,
    WithholdingController,
  ],
  providers: [
    AccountHalts,
    AccrualService,
    AdjustmentBooking,
    AdjustmentRepository,
    AdjustmentService,
    AdvanceBrandsJob,
    ArrivalSignal,
    BankLineRepository,
    BankLines,
    BankResults,
    BindingListRepository,
    BindingRepository,
    BookControl,
    BoundPartner,
    BrandProgress,
    BrandStep,
    CheckBooks,
    CommissionLineRepository,
    CommissionRepository,
    ControlRepository,
    DaySettlement,
    DecisionService,
    DisputeRepository,
    DisputeService,
    HaltRelease,
    HeldDecisions,
    FindingExamination,
    FindingRepository,
    FindingSearch,
    FindingService,
    HeldPurchaseList,
    HeldPurchases,
    HeldRefunds,
    HeldRefundVoid,
    IntakeDays,
    LedgerRepository,
    LineHoldService,
    MaturityService,
    MergeRepository,
    NetworkRepository,
    PartnerFileService,
    PartnerOwnerService,
    PartnerPersonService,
    PartnerRepository,
    PartnerService,
    PayeeRepository,
    PayeeService,
    PayoutEjection,
    PayoutFileService,
    PayoutListRepository,
    PayoutOutcome,
    PayoutPosting,
    PayoutPreparation,
    PayoutRelease,
    PayoutRepository,
    PayoutResolution,
    PayoutReview,
    PeriodCloseService,
    PeriodEnd,
    PeriodGate,
    PayoutBlockRepository,
    PayoutBlockService,
    PeriodListService,
    PeriodRebuild,
    PeriodSeal,
    PeriodService,
    PlanRepository,
    PlanService,
    ProductCosts,
    PurchaseBooking,
    PurchaseQueue,
    BookRecalculationJob,
    ComputeRecalculationJob,
    RecalculationComparison,
    RecalculationDifferences,
    RecalculationList,
    RecalculationRepository,
    RecalculationService,
    RefundService,
    ReviewService,
    SettingService,
    SettlementPlan,
    SettlementService,
    StatementAdvance,
    StatementAnswerService,
    StatementListRepository,
    StatementMoves,
    StatementRepository,
    StatementVoidService,
    JournalRepository,
    TrialBalanceService,
    WhyDocumentRepository,
    WhyLedgerRepository,
    WhyLineRepository,
    WhyPayoutRepository,
    WhyService,
    WhyStatementService,
    WithholdingRepository,
    WithholdingService,
    WorkSignals,
  ],
})
export class DistributionModule {}
