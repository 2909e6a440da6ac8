import { Injectable } from '@nestjs/common';
import type { MemberRow, SealedIdentity } from '@concentric/contracts';
import { Audit, mask, PersonalData, type Operator, type Tx } from '@concentric/service-kit';
import { IdentityRepository } from './identity.repository';

/** The one place where sealed identities are opened. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly personal: PersonalData,
    private readonly audit: Audit,
  ) {}

  /** Blind index of a plain value, to find its person by. */
  index(brandId: string, type: SealedIdentity['type'], value: string): Buffer {
    return Buffer.from(this.personal.index(type, value, brandId), 'hex');
  }

  /** Masked identities by person: nothing readable leaves this method. */
  async masked(tx: Tx, brandId: string, customerIds: readonly string[]): Promise<Map<string, MemberRow['identities']>> {
    const sealed = await this.identities.of(tx, customerIds);
    return new Map(
      [...sealed].map(([customerId, list]) => [
        customerId,
        list.map((identity) => ({
          type: identity.type,
          masked: mask(identity.type, this.personal.open(identity, 'mask', brandId)),
        })),
      ]),
    );
  }

  /** Opens the identities of one person for a reason; who did it, and why, is on record in the same transaction. */
  async reveal(
    tx: Tx,
    brandId: string,
    customerId: string,
    operator: Operator,
    reason: string,
  ): Promise<{ type: SealedIdentity['type']; value: string }[]> {
    const sealed = (await this.identities.of(tx, [customerId])).get(customerId) ?? [];
    await this.audit.record(tx, {
      actorId: operator.id,
      brandId,
      action: 'identity.revealed',
      entityType: 'customer',
      entityId: customerId,
      reason,
      after: { types: sealed.map(({ type }) => type) },
    });
    return sealed.map((identity) => ({ type: identity.type, value: this.personal.open(identity, reason, brandId) }));
  }
}
