import type { BrandInput, BrandRow, FieldError, PlainIdentity } from '@concentric/contracts';
import { fault } from '../intake/intake.rules';

/** The brand's calendar as far as intake needs it; `parse` throws for a date that does not exist. */
export interface IntakeCalendar {
  parse(moment: string): number;
  businessDate(ms: number): string;
  period(ms: number): string;
}

/** Keyed hash of an identity within the brand, hex. */
export type BlindIndex = (type: PlainIdentity['type'], value: string) => string;

export interface IntakeBrand {
  brandId: string;
  currency: string;
  channels: readonly { code: string; domain: 'private' | 'public' | 'offline'; name: string }[];
  calendar: IntakeCalendar;
}

// Beyond these lies no trade but the traces of broken exports: year 1, 1899-12-30, 9999-12-31.
const earliest = Date.UTC(1970, 0, 2);
const latest = Date.UTC(3000, 0, 1);

/** What a brand says about every record that is taken in for it. */
export class BrandRules {
  private readonly domains: ReadonlyMap<string, IntakeBrand['channels'][number]['domain']>;

  constructor(private readonly brand: IntakeBrand) {
    this.domains = new Map(brand.channels.map((channel) => [channel.code, channel.domain]));
  }

  get brandId(): string {
    return this.brand.brandId;
  }

  get currency(): string {
    return this.brand.currency;
  }

  get calendar(): IntakeCalendar {
    return this.brand.calendar;
  }

  /** Of a channel that `channelFaults` accepted. */
  domain(channel: string): 'private' | 'public' | 'offline' {
    const domain = this.domains.get(channel);
    if (!domain) throw new Error(`channel ${channel} passed intake but is not the brand's`);
    return domain;
  }

  /** What is wrong with a channel code; empty: the brand has it. */
  channelFaults(field: string, channel: string): FieldError[] {
    if (this.domains.has(channel)) return [];
    const known = [...this.domains.keys()].slice(0, 20).join(', ');
    return [
      fault(field, 'channel_unknown', `the brand has no channel ${channel}`, `Use one of ${known}, or add the channel to the brand first.`),
    ];
  }

  /** What is wrong with a currency; empty: it is the brand’s, or left out. */
  currencyFaults(currency: string | undefined): FieldError[] {
    if (currency === undefined || currency === this.brand.currency) return [];
    return [
      fault(
        'currency',
        'currency_mismatch',
        `the brand keeps its books in ${this.brand.currency}, not in ${currency}`,
        `Send amounts in ${this.brand.currency}; nothing is converted.`,
      ),
    ];
  }

  /** Epoch ms of a moment with an offset or in the brand's wall clock; null when there is no such date or time. */
  moment(text: string): number | null {
    try {
      const ms = this.brand.calendar.parse(text);
      return ms >= earliest && ms < latest ? ms : null;
    } catch {
      return null;
    }
  }
}

/** That a field names no moment there is. */
export function momentFault(field: string): FieldError {
  return fault(
    field,
    'no_such_moment',
    'there is no such date or time between 1970 and 2999',
    'Send a date and time of the calendar, such as 2026-01-31 16:00:00.',
  );
}

/** Whether a calendar date exists: `2026-02-30` does not. */
export function isDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** Whether sending a brand again changes anything that others are told of. */
export function sameBrand(a: Omit<BrandRow, 'brandId'>, b: BrandInput): boolean {
  const channels = (list: BrandRow['channels']) => JSON.stringify(list.map(({ code, domain, name }) => [code, domain, name]));
  return a.name === b.name && a.zone === b.zone && a.currency === b.currency && channels(a.channels) === channels(b.channels);
}
