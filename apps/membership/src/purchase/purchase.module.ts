import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module';
import { MemberModule } from '../member/member.module';
import { SealModule } from '../seal/seal.module';
import { SettingModule } from '../setting/setting.module';
import { AttributePurchaseWhenOrderPaid } from './attribute-purchase-when-order-paid.consumer';
import { AttributionService } from './attribution.service';
import { CorrectSpendWhenOrderRefunded } from './correct-spend-when-order-refunded.consumer';
import { PurchaseRepository } from './purchase.repository';
import { PurchaseService } from './purchase.service';
import { RefundService } from './refund.service';

@Module({
  imports: [IdentityModule, MemberModule, SealModule, SettingModule],
  controllers: [AttributePurchaseWhenOrderPaid, CorrectSpendWhenOrderRefunded],
  providers: [AttributionService, PurchaseRepository, PurchaseService, RefundService],
})
export class PurchaseModule {}
