import { batchOf, intakeBatch, orderInput, orderListQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class OrderDto extends createZodDto(orderInput) {}
/** Rows are validated one by one, so that a bad one does not refuse the batch. */
export class OrderBatchDto extends createZodDto(intakeBatch) {}
/** What the rows of a batch should look like; for the documentation. */
export class OrdersDto extends createZodDto(batchOf(orderInput)) {}
export class OrderListDto extends createZodDto(orderListQuery) {}
