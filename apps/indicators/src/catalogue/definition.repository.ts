import { Injectable } from '@nestjs/common';
import { indicatorDefinition, type IndicatorDefinition, type IndicatorValues } from '@concentric/contracts';
import { int, type Tx } from '@concentric/service-kit';

/** The stored meaning of each indicator. Migrations add versions; nothing changes one. */
@Injectable()
export class DefinitionRepository {
  async all(tx: Tx): Promise<IndicatorDefinition[]> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT indicator_key, version, name_zh, name_en, formula, unit, additivity, direction, source
       FROM indicator_definition ORDER BY indicator_key, version`,
    );
    return rows.map((row) =>
      indicatorDefinition.parse({
        ...row,
        key: row['indicator_key'],
        version: int(row['version']),
        name: { zh: row['name_zh'], en: row['name_en'] },
        source: String(row['source']).split(' '),
      }),
    );
  }

  /** The version that holds now. */
  async newest(tx: Tx, key: string): Promise<{ version: number; unit: IndicatorValues['unit'] }> {
    const rows: { version: unknown; unit: string }[] = await tx.query(
      'SELECT version, unit FROM indicator_definition WHERE indicator_key = ? ORDER BY version DESC LIMIT 1',
      [key],
    );
    const row = rows[0];
    if (!row) throw new Error(`indicator ${key} is not defined`);
    return { version: int(row.version), unit: row.unit === 'ratio' ? 'ratio' : 'minor' };
  }
}
