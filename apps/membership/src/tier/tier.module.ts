import { Module } from '@nestjs/common';
import { MemberModule } from '../member/member.module';
import { SettingModule } from '../setting/setting.module';
import { ReviewTiers } from './review-tiers.job';
import { TierReviewService } from './tier-review.service';

@Module({ imports: [MemberModule, SettingModule], providers: [ReviewTiers, TierReviewService] })
export class TierModule {}
