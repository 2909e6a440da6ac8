import { Injectable } from '@nestjs/common';
import type { commissionByPeriod, IndicatorDefinition, IndicatorQuery, IndicatorValues } from '@concentric/contracts';
import { BrandDirectory, Database, type Operator, type Tx } from '@concentric/service-kit';
import type { z } from 'zod';
import { emptyInterval, notADate, outsideOwnNetwork, tooManyIntervals } from './catalogue.errors';
import { DefinitionRepository } from './definition.repository';
import { ValueRepository, type FactFilter } from './value.repository';
import { commissionRate, intervalsOf, isDate, joined, netSales, type Sums } from './value.rules';

const MOST_INTERVALS = 4_000;
const ALL_DATES = { from: '0000-01-01', to: '9999-12-31' };

/** Values of indicators, computed from daily facts when asked for; nothing is stored that could disagree with them. */
@Injectable()
export class ValueService {
  constructor(
    private readonly values: ValueRepository,
    private readonly definitionsOf: DefinitionRepository,
    private readonly brands: BrandDirectory,
    private readonly database: Database,
  ) {}

  async definitions(brandId: string): Promise<{ definitions: IndicatorDefinition[] }> {
    await this.brands.get(null, brandId);
    return { definitions: await this.database.read((tx) => this.definitionsOf.all(tx)) };
  }

  /** @throws DomainError unknown_brand; invalid_input for dates or too many intervals; outside_own_network */
  async get(brandId: string, query: IndicatorQuery, operator: Operator): Promise<IndicatorValues> {
    const { key, from, to, granularity, channel } = query;
    const { currency } = await this.brands.get(null, brandId);
    for (const field of ['from', 'to'] as const) if (!isDate(query[field])) throw notADate(field, query[field]);
    if (from >= to) throw emptyInterval();
    if (granularity !== 'total' && daysBetween(from, to) > MOST_INTERVALS * (granularity === 'day' ? 1 : 28))
      throw tooManyIntervals(MOST_INTERVALS);
    const intervals = intervalsOf(from, to, granularity);
    return this.database.read(async (tx) => {
      const partnerId = await this.partnerFor(tx, brandId, query.partnerId, operator);
      const filter: FactFilter = { brandId, currency, from, to, granularity, channel, partnerId };
      const sums = await this.sums(tx, query, filter);
      const row = key === 'net_sales_amount' ? netSales : commissionRate;
      const { version, unit } = await this.definitionsOf.newest(tx, key);
      return {
        key,
        version,
        currency,
        unit,
        rows: intervals.map((interval) => row(interval, sums.get(interval.label))),
      };
    });
  }

  /** Commission by the month of its orders. @throws DomainError unknown_brand, outside_own_network */
  async commissionByPeriod(
    brandId: string,
    query: {
      from?: string | undefined;
      to?: string | undefined;
      channel?: string | undefined;
      partnerId?: string | undefined;
    },
    operator: Operator,
  ): Promise<z.infer<typeof commissionByPeriod>> {
    const { currency } = await this.brands.get(null, brandId);
    return this.database.read(async (tx) => {
      const partnerId = await this.partnerFor(tx, brandId, query.partnerId, operator);
      const filter: FactFilter = {
        brandId,
        currency,
        // Months compare as texts with dates: every date of a month sorts after the month and before `month-99`.
        from: query.from ?? ALL_DATES.from,
        to: query.to ? `${query.to}-99` : ALL_DATES.to,
        granularity: 'month',
        channel: query.channel,
        partnerId,
      };
      const sums = joined([await this.values.commission(tx, filter), await this.values.adjustments(tx, filter)]);
      return {
        rows: [...sums]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([originPeriod, { parts }]) => ({
            originPeriod,
            currency,
            earnedMinor: parts['earnedMinor'] ?? 0,
            reversedMinor: parts['reversedMinor'] ?? 0,
            adjustedMinor: parts['adjustedMinor'] ?? 0,
            maturedMinor: (parts['maturedMinor'] ?? 0) - (parts['maturedReversedMinor'] ?? 0),
          })),
      };
    });
  }

  private async sums(tx: Tx, { key, refunds }: IndicatorQuery, filter: FactFilter): Promise<Map<string, Sums>> {
    if (key === 'net_sales_amount') return joined([await this.values.sales(tx, filter), await this.values.refunds(tx, filter, refunds)]);
    return joined([await this.values.commissionable(tx, filter), await this.values.commission(tx, filter)]);
  }

  /** A partner sees its own network; somebody without a scope sees no figure of any. */
  private async partnerFor(tx: Tx, brandId: string, asked: string | undefined, { scope }: Operator): Promise<string | undefined> {
    if (scope.kind === 'all') return asked;
    if (scope.kind !== 'partner') throw outsideOwnNetwork();
    if (asked === undefined || asked === scope.partnerId) return scope.partnerId;
    if (!(await this.values.isBelow(tx, brandId, asked, scope.partnerId))) throw outsideOwnNetwork();
    return asked;
  }
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
