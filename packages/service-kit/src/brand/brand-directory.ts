import { Injectable } from '@nestjs/common';
import { BrandCalendar } from '../clock/brand-calendar';
import { Clock } from '../clock/clock';
import { Database, type Tx } from '../database/database';
import { idIn, idOut } from '../database/ids';
import { insertRows } from '../database/rows';
import { DomainError, unknownBrand } from '../http/domain.errors';

export interface BrandChannel {
  readonly code: string;
  readonly domain: string;
  readonly name: string;
}

/** What every service knows of a brand. Zone and currency never change once it has an order. */
export interface Brand {
  readonly brandId: string;
  readonly code: string;
  readonly name: string;
  /** IANA name. */
  readonly zone: string;
  readonly currency: string;
  /** Channels that must be sealed before a period may close. */
  readonly channels: readonly BrandChannel[];
  /** Business date on which it became known: the first that daily jobs run for. */
  readonly knownOn: string;
  readonly calendar: BrandCalendar;
}

export type BrandInput = Omit<Brand, 'calendar' | 'knownOn'>;

/** Events of a brand may overtake the news of it: in a consumer it is waited for, in HTTP it is a 404. */
export class UnknownBrand extends DomainError {
  readonly transient = true;

  constructor(brandId: string) {
    const { code, status, title, detail } = unknownBrand(brandId);
    super({ code, status, title, ...(detail === undefined ? {} : { detail }) });
    this.name = 'UnknownBrand';
  }
}

interface Row {
  readonly brand_id: Uint8Array;
  readonly code: string;
  readonly name: string;
  readonly zone: string;
  readonly currency: string;
  readonly channels: string | BrandChannel[];
  readonly known_on: string;
}

/** Channels and names may change at another replica; this is how old they may be here. */
const FRESH_MS = 2_000;
const columns = 'brand_id, code, name, zone, currency, channels, known_on';

/** The brands of the installation, as this service has heard of them. */
@Injectable()
export class BrandDirectory {
  private readonly known = new Map<string, { brand: Brand; readAt: number }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws UnknownBrand (404) */
  async get(tx: Tx | null, brandId: string): Promise<Brand> {
    const cached = this.known.get(brandId);
    if (cached && Date.now() - cached.readAt < FRESH_MS) return cached.brand;
    const sql = `SELECT ${columns} FROM brand_copy WHERE brand_id = ?`;
    const read = (handle: Tx) => handle.query<Row[]>(sql, [idIn(brandId)]);
    const [row] = await (tx ? read(tx) : this.database.read(read));
    if (!row) throw new UnknownBrand(brandId);
    const brand = toBrand(row);
    // A transaction may see a brand that is never committed; only what was read outside is kept.
    if (!tx) this.known.set(brandId, { brand, readAt: Date.now() });
    return brand;
  }

  /** Every brand, by code. */
  async all(): Promise<Brand[]> {
    const rows = await this.database.read((tx) => tx.query<Row[]>(`SELECT ${columns} FROM brand_copy ORDER BY code`));
    return rows.map(toBrand);
  }

  /** Writes what is known of a brand. `knownOn` is set the first time, from `at` (epoch milliseconds, now unless given). */
  async save(tx: Tx, brand: BrandInput, at: number = this.clock.now()): Promise<void> {
    const knownOn = new BrandCalendar(brand.zone).businessDate(at);
    const row = [idIn(brand.brandId), brand.code, brand.name, brand.zone, brand.currency, JSON.stringify(brand.channels), knownOn];
    const set = ['code', 'name', 'zone', 'currency', 'channels'];
    await insertRows(tx, 'brand_copy', ['brand_id', ...set, 'known_on'], [row], { key: ['brand_id'], set });
    this.known.delete(brand.brandId);
  }
}

const toBrand = (row: Row): Brand => ({
  brandId: idOut(row.brand_id),
  code: row.code,
  name: row.name,
  zone: row.zone,
  currency: row.currency,
  channels: typeof row.channels === 'string' ? (JSON.parse(row.channels) as BrandChannel[]) : row.channels,
  knownOn: row.known_on,
  calendar: new BrandCalendar(row.zone),
});
