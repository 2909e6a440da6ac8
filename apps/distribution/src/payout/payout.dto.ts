import {
  bankLineClosing,
  bankLineDecision,
  bankLineQuery,
  listQuery,
  payoutAction,
  payoutActionWithReason,
  payoutCancelDecision,
  payoutFileQuery,
  payoutInput,
  payoutItemQuery,
  payoutQuery,
  payoutResolution,
  payoutResolutionDecision,
} from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class PayoutInputDto extends createZodDto(payoutInput) {}
export class PayoutQueryDto extends createZodDto(payoutQuery) {}
export class PayoutActionDto extends createZodDto(payoutAction) {}
export class PayoutActionWithReasonDto extends createZodDto(payoutActionWithReason) {}
export class PayoutCancelDecisionDto extends createZodDto(payoutCancelDecision) {}
export class PayoutFileQueryDto extends createZodDto(payoutFileQuery) {}
export class PayoutItemQueryDto extends createZodDto(payoutItemQuery) {}
export class PayoutResolutionDto extends createZodDto(payoutResolution) {}
export class PayoutResolutionDecisionDto extends createZodDto(payoutResolutionDecision) {}
export class BankFileQueryDto extends createZodDto(listQuery) {}
export class BankLineQueryDto extends createZodDto(bankLineQuery) {}
export class BankLineClosingDto extends createZodDto(bankLineClosing) {}
export class BankLineDecisionDto extends createZodDto(bankLineDecision) {}
