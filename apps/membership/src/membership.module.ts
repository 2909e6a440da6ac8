import { Module } from '@nestjs/common';
import { MemberModule } from './member/member.module';
import { PurchaseModule } from './purchase/purchase.module';
import { SealModule } from './seal/seal.module';
import { SettingModule } from './setting/setting.module';
import { TierModule } from './tier/tier.module';

@Module({ imports: [MemberModule, PurchaseModule, SealModule, SettingModule, TierModule] })
export class MembershipModule {}
