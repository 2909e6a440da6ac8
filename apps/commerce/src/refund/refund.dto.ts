import { batchOf, intakeBatch, refundInput, refundListQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class RefundDto extends createZodDto(refundInput) {}
/** Rows are validated one by one, so that a bad one does not refuse the batch. */
export class RefundBatchDto extends createZodDto(intakeBatch) {}
/** What the rows of a batch should look like; for the documentation. */
export class RefundsDto extends createZodDto(batchOf(refundInput)) {}
export class RefundListDto extends createZodDto(refundListQuery) {}
