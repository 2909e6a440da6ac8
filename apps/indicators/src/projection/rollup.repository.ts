import { Injectable } from '@nestjs/common';
import { idIn, insertRows, type Tx } from '@concentric/service-kit';
import type { Rollup } from './rollup.rules';

/** Writes rolled-up facts by increments only: nothing is read before, so replicas do not wait for each other's reads. */
@Injectable()
export class RollupRepository {
  async add(tx: Tx, rollup: Rollup): Promise<void> {
    const { name, key, derived, sums } = rollup.table;
    const isId = key.map((column) => column.endsWith('_id'));
    await insertRows(
      tx,
      name,
      [...key, ...derived, ...sums],
      rollup.rows().map((row) => [...row.key.map((value, i) => (isId[i] ? idIn(value) : value)), ...row.derived, ...row.sums]),
      { key, add: sums },
    );
  }
}
