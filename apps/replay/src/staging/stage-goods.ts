import { expenseClass, expensePurpose } from '@concentric/contracts';
import { refuse, type MappedRow } from './record-mapper';
import { takeOnce, type Place, type Stage } from './stager';

/** A product, and what a piece costs from a date on. */
export function stageProduct(stage: Stage, row: MappedRow, place: Place): void {
  const sku = row.needed('sku');
  const cost = row.amount('unitCost') ?? null;
  if (cost !== null && cost < 0) refuse('unitCost', 'bad_amount', 'is negative', 'write what one piece costs');
  const content = { name: row.text('name', 200) ?? sku, category: row.text('category') ?? null, cost };
  const from = row.date('costFrom') ?? '';
  takeOnce(stage, place, { table: 'product', key: { sku, cost_from: from }, content }, `product ${sku}`, sku);
}

export function stageExpense(stage: Stage, row: MappedRow, place: Place): void {
  const occurred = row.moment('occurredAt') ?? refuse('occurredAt', 'missing', 'is empty', 'fill in when it was spent');
  const content = {
    occurred,
    class:
      row.choice('class', expenseClass.options) ??
      refuse('class', 'missing', 'is empty', `write one of ${expenseClass.options.join(', ')}`),
    purpose:
      row.choice('purpose', expensePurpose.options) ??
      refuse('purpose', 'missing', 'is empty', `write one of ${expensePurpose.options.join(', ')}`),
    amount: row.amount('amount') ?? refuse('amount', 'missing', 'is empty', 'fill in the amount'),
    channel:
      row.choice(
        'channel',
        stage.manifest.brand.channels.map(({ code }) => code),
      ) ?? null,
    touchpoint: row.text('touchpoint') ?? null,
  };
  let external = row.text('expense', 100);
  if (external === undefined) {
    const key = [occurred, content.class, content.purpose, content.amount, content.channel ?? ''].join(':');
    external = `${key}:${stage.database.occurrence(place.file, 'expense', key)}`;
  }
  const day = stage.mapper.brandZone.dateAt(occurred);
  takeOnce(stage, place, { table: 'expense', key: { external }, content, rest: { day } }, `expense ${external}`, external);
}
