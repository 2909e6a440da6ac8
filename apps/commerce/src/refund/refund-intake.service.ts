import { Injectable } from '@nestjs/common';
import { refundInput, type FieldError } from '@concentric/contracts';
import { Clock, newId, PersonalData, type Tx } from '@concentric/service-kit';
import type { BlindIndex, BrandRules } from '../brand/brand.rules';
import { fault, type IntakeRow, type PublishedDays, type Tally } from '../intake/intake.rules';
import { RefundBookingService } from './refund-booking.service';
import { RefundRepository } from './refund.repository';
import { draftRefund, type RefundRequest, type ValidRefund } from './refund.rules';

/** Takes refunds in, whole batches at a time, before or after their orders. */
@Injectable()
export class RefundIntakeService {
  readonly schema = refundInput;
  readonly nameField = 'externalId';
  /** Alone on the brand: a refund that finds no order waits, and must not miss one that is being stored right now. */
  readonly lock = 'update';

  constructor(
    private readonly refunds: RefundRepository,
    private readonly booking: RefundBookingService,
    private readonly personalData: PersonalData,
    private readonly clock: Clock,
  ) {}

  /**
   * Books each refund, or keeps it waiting or held. A refund dated before its order is booked on its own date.
   * Refuses rows with refund_exceeds, refund_changed, line_unknown, order_cancelled and faults of the record itself.
   */
  async store(tx: Tx, brand: BrandRules, rows: readonly IntakeRow<ValidRefund>[], tally: Tally, published: PublishedDays): Promise<void> {
    const drafts = this.draft(brand, rows, tally);
    const known = await this.refunds.hashes(
      tx,
      brand.brandId,
      drafts.map((row) => row.request.externalId),
    );
    const isKnown = (request: RefundRequest) => known.get(`${request.channel} ${request.externalId}`);
    const open = drafts.filter((row) => isKnown(row.request) === undefined).map((row) => row.request);
    const desk = await this.booking.open(tx, brand, open);
    for (const { index, request } of drafts) {
      const before = isKnown(request);
      if (before) {
        if (before.equals(request.contentHash)) tally.leave();
        else tally.reject(index, request.externalId, [refundChanged()]);
        continue;
      }
      const outcome = desk.decide({ refundId: newId(this.clock), isStored: false, request });
      if (outcome.state === 'refused') {
        tally.reject(index, request.externalId, outcome.errors);
        continue;
      }
      known.set(`${request.channel} ${request.externalId}`, request.contentHash);
      tally.accept();
    }
    await this.booking.close(tx, brand, desk, published);
  }

  private draft(brand: BrandRules, rows: readonly IntakeRow<ValidRefund>[], tally: Tally): { index: number; request: RefundRequest }[] {
    const blindIndex: BlindIndex = (type, value) => this.personalData.index(type, value, brand.brandId);
    return rows.flatMap(({ index, value }) => {
      const request = draftRefund(value, brand, blindIndex);
      if (!Array.isArray(request)) return [{ index, request }];
      tally.reject(index, value.externalId, request);
      return [];
    });
  }
}

function refundChanged(): FieldError {
  return fault(
    'externalId',
    'refund_changed',
    'a refund with this number and other content was taken in before',
    'Give another refund its own number; what was booked stays booked.',
  );
}
