import { batchOf, intakeBatch, productInput, productListQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

/** Rows are validated one by one, so that a bad one does not refuse the batch. */
export class ProductBatchDto extends createZodDto(intakeBatch) {}
/** What the rows of a batch should look like; for the documentation. */
export class ProductsDto extends createZodDto(batchOf(productInput)) {}
export class ProductListDto extends createZodDto(productListQuery) {}
