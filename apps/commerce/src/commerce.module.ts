import { Module } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '@concentric/service-kit';
import { BrandController } from './brand/brand.controller';
import { BrandRepository } from './brand/brand.repository';
import { BrandService } from './brand/brand.service';
import { ExpenseController } from './expense/expense.controller';
import { ExpenseIntakeService } from './expense/expense-intake.service';
import { ExpenseService } from './expense/expense.service';
import { ImportController } from './import/import.controller';
import { ImportFileJob } from './import/import-file.job';
import { ImportFileRepository } from './import/import-file.repository';
import { ImportRunRepository } from './import/import-run.repository';
import { IMPORT_CONFIG, importConfig } from './import.config';
import { ImportService } from './import/import.service';
import { INTAKES, IntakeService } from './intake/intake.service';
import { OrderController } from './order/order.controller';
import { OrderIntakeService } from './order/order-intake.service';
import { OrderRepository } from './order/order.repository';
import { OrderService } from './order/order.service';
import { ProductController } from './product/product.controller';
import { ProductIntakeService } from './product/product-intake.service';
import { ProductRepository } from './product/product.repository';
import { ProductService } from './product/product.service';
import { RefundController } from './refund/refund.controller';
import { RefundBookingService } from './refund/refund-booking.service';
import { RefundFollowUpService } from './refund/refund-follow-up.service';
import { RefundIntakeService } from './refund/refund-intake.service';
import { RefundRepository } from './refund/refund.repository';
import { RefundService } from './refund/refund.service';
import { RefundWait } from './refund/refund-wait.service';
import { SealController } from './seal/seal.controller';
import { SealListService } from './seal/seal-list.service';
import { SealService } from './seal/seal.service';

/** Orders lead to refunds and back, so the features of this service share one module. */
@Module({
  controllers: [BrandController, ProductController, OrderController, RefundController, ExpenseController, SealController, ImportController],
  providers: [
    BrandRepository,
    BrandService,
    ProductRepository,
    ProductIntakeService,
    ProductService,
    OrderRepository,
    OrderIntakeService,
    OrderService,
    RefundRepository,
    RefundBookingService,
    RefundFollowUpService,
    RefundIntakeService,
    RefundService,
    RefundWait,
    ExpenseIntakeService,
    ExpenseService,
    SealService,
    SealListService,
    {
      provide: INTAKES,
      useFactory: (
        orders: OrderIntakeService,
        refunds: RefundIntakeService,
        products: ProductIntakeService,
        expenses: ExpenseIntakeService,
      ) => ({ orders, refunds, products, expenses }),
      inject: [OrderIntakeService, RefundIntakeService, ProductIntakeService, ExpenseIntakeService],
    },
    IntakeService,
    { provide: IMPORT_CONFIG, useFactory: (config: ServiceConfig) => importConfig(config.dataFolder), inject: [SERVICE_CONFIG] },
    ImportFileRepository,
    ImportRunRepository,
    ImportFileJob,
    ImportService,
  ],
})
export class CommerceModule {}
