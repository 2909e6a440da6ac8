import { Injectable } from '@nestjs/common';
import type { memberSummary, MemberDetail, MemberRow, revealedIdentities } from '@concentric/contracts';
import {
  BrandDirectory,
  Clock,
  customerScopeSql,
  Database,
  idIn,
  invalid,
  notFound,
  type Operator,
  type Page,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { z } from 'zod';
import { IdentityService } from '../identity/identity.service';
import { ladderOf, rollingStart, TIERS, wholeUnits } from '../tier/tier.rules';
import type { MemberListQuery } from './member.dto';
import { MemberRepository, type PersonRow } from './member.repository';

/** Shows persons to operators: only those of their row scope, and of an identity no more than its mask. */
@Injectable()
export class MemberService {
  constructor(
    private readonly members: MemberRepository,
    private readonly identities: IdentityService,
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError unknown_brand; invalid_input for half an identity, a date that is none, or an unknown sort */
  async list(brandId: string, query: MemberListQuery, operator: Operator): Promise<Page<MemberRow>> {
    const { calendar } = await this.brands.get(null, brandId);
    const where: SqlFragment[] = [{ sql: 'c.brand_id = ? AND c.merged_into IS NULL', params: [idIn(brandId)] }, visibleTo(operator)];
    if (query.tier) where.push({ sql: 'c.tier = ?', params: [query.tier] });
    if (query.member) where.push({ sql: `c.member_since IS ${query.member === 'true' ? 'NOT ' : ''}NULL`, params: [] });
    if (query.joinedFrom) where.push({ sql: 'c.member_since >= ?', params: [startOf(calendar, 'joinedFrom', query.joinedFrom)] });
    if (query.joinedTo) where.push({ sql: 'c.member_since < ?', params: [startOf(calendar, 'joinedTo', query.joinedTo)] });
    where.push(...this.byIdentity(brandId, query));
    return this.database.read(async (tx) => {
      const page = await this.members.page(tx, query, where);
      return { ...page, data: await this.withIdentities(tx, brandId, page.data) };
    });
  }

  /** @throws DomainError member_not_found, also for somebody outside the operator's scope */
  async detail(brandId: string, customerId: string, operator: Operator): Promise<MemberDetail> {
    const { currency } = await this.brands.get(null, brandId);
    return this.database.read(async (tx) => {
      const { mergedInto, ...person } = await this.visible(tx, brandId, customerId, operator);
      const [row] = await this.withIdentities(tx, brandId, [person]);
      const now = this.clock.now();
      const spent = await this.members.spent(tx, customerId, currency, rollingStart(now), now);
      return {
        ...(row ?? { ...person, identities: [] }),
        mergedInto,
        growthValue: person.member ? wholeUnits(spent, ladderOf([0], currency)) : null,
        statuses: await this.members.statuses(tx, customerId),
        tiers: await this.members.tiers(tx, customerId),
        purchases: await this.members.purchases(tx, customerId),
        merges: await this.members.merges(tx, customerId),
      };
    });
  }

  async summary(brandId: string, operator: Operator): Promise<z.infer<typeof memberSummary>> {
    await this.brands.get(null, brandId);
    return this.database.read(async (tx) => {
      const counts = await this.members.byTier(tx, brandId, visibleTo(operator));
      const sum = (rows: typeof counts) => rows.reduce((total, { persons }) => total + persons, 0);
      return {
        persons: sum(counts),
        members: sum(counts.filter(({ tier }) => tier !== null)),
        byTier: TIERS.map((tier) => ({ tier, members: sum(counts.filter((row) => row.tier === tier)) })),
        parkedRefunds: operator.scope.kind === 'all' ? await this.members.parkedRefunds(tx, brandId) : 0,
      };
    });
  }

  /** Opens a person's identities for a reason that goes on record. @throws DomainError member_not_found */
  async reveal(brandId: string, customerId: string, operator: Operator, reason: string): Promise<z.infer<typeof revealedIdentities>> {
    await this.brands.get(null, brandId);
    return this.database.transaction(async (tx) => {
      await this.visible(tx, brandId, customerId, operator);
      return { identities: await this.identities.reveal(tx, brandId, customerId, operator, reason) };
    });
  }

  private async visible(
    tx: Tx,
    brandId: string,
    customerId: string,
    operator: Operator,
  ): Promise<PersonRow & { mergedInto: string | null }> {
    const person = await this.members.find(tx, brandId, customerId, visibleTo(operator));
    if (!person) throw notFound('member', customerId);
    return person;
  }

  private byIdentity(brandId: string, { identityType, identityValue }: MemberListQuery): SqlFragment[] {
    if (!identityType && !identityValue) return [];
    if (!identityType || !identityValue) {
      const field = identityType ? 'identityValue' : 'identityType';
      throw invalid([
        {
          field,
          code: 'missing',
          message: 'an identity is a type and a value',
          remedy: 'Send identityType and identityValue together.',
        },
      ]);
    }
    return [
      {
        sql: 'c.customer_id IN (SELECT i.customer_id FROM identity i WHERE i.brand_id = ? AND i.blind_index = ? AND i.type = ?)',
        params: [idIn(brandId), this.identities.index(brandId, identityType, identityValue), identityType],
      },
    ];
  }

  private async withIdentities(tx: Tx, brandId: string, persons: readonly PersonRow[]): Promise<MemberRow[]> {
    const masked = await this.identities.masked(
      tx,
      brandId,
      persons.map(({ customerId }) => customerId),
    );
    return persons.map((person) => ({ ...person, identities: masked.get(person.customerId) ?? [] }));
  }
}

const visibleTo = (operator: Operator): SqlFragment => customerScopeSql(operator, 'c.customer_id');

function startOf(calendar: { startOfDate(date: string): number }, field: string, date: string): number {
  try {
    return calendar.startOfDate(date);
  } catch {
    throw invalid([
      {
        field,
        code: 'not_a_date',
        message: `${date} is not a date of the calendar`,
        remedy: 'Send a date like 2026-01-31.',
      },
    ]);
  }
}
