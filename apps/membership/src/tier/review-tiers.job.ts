import { Injectable } from '@nestjs/common';
import { DailyJob, Database, type DailyRun } from '@concentric/service-kit';
import { TierReviewService } from './tier-review.service';

/** After every business date: members whose tier has its anniversary keep it or step down. */
@Injectable()
export class ReviewTiers {
  constructor(
    private readonly database: Database,
    private readonly reviews: TierReviewService,
  ) {}

  @DailyJob('review-tiers')
  async run({ brandId, businessDate }: DailyRun): Promise<void> {
    // In slices, each committed by itself: a reviewed member is not found again, so a repeated run goes on.
    while ((await this.database.transaction((tx) => this.reviews.reviewSome(tx, brandId, businessDate))) > 0);
  }
}
