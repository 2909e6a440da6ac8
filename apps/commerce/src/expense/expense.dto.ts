import { batchOf, expenseInput, expenseListQuery, intakeBatch } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

/** Rows are validated one by one, so that a bad one does not refuse the batch. */
export class ExpenseBatchDto extends createZodDto(intakeBatch) {}
/** What the rows of a batch should look like; for the documentation. */
export class ExpensesDto extends createZodDto(batchOf(expenseInput)) {}
export class ExpenseListDto extends createZodDto(expenseListQuery) {}
