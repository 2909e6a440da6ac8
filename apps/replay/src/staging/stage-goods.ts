import { expenseClass, expensePurpose } from '@concentric/contracts';
import { refuse, type MappedRow } from './record-mapper';
import { sameOrRefuse, type Place, type Stage } from './stager';

/** A product, and what a piece costs from a date on. */
export function stageProduct(stage: Stage, row: MappedRow, place: Place): void {
  const sku = row.needed('sku');
  const cost = row.amount('unitCost') ?? null;
  if (cost !== null && cost < 0) refuse('unitCost', 'bad_amount', 'is negative', 'write what one piece costs');
  const content = { name: row.text('name', 200) ?? sku, category: row.text('category') ?? null, cost };
  const from = row.date('costFrom') ?? '';
  const values = [sku, from, content.name, content.category, content.cost, place.file, place.row];
  if (stage.database.run('INSERT INTO product VALUES(?,?,?,?,?,?,?) ON CONFLICT DO NOTHING', values) === 1) return;
  const before = stage.database.get('SELECT * FROM product WHERE sku = ? AND cost_from = ?', [sku, from])!;
  sameOrRefuse(before, content, `product ${sku}`);
}

export function stageExpense(stage: Stage, row: MappedRow, place: Place): void {
  const occurred = row.moment('occurredAt') ?? refuse('occurredAt', 'missing', 'is empty', 'fill in when it was spent');
  const content = {
    occurred,
    class: row.choice('class', expenseClass.options) ?? refuse('class', 'missing', 'is empty', `write one of ${expenseClass.options.join(', ')}`),
    purpose: row.choice('purpose', expensePurpose.options) ?? refuse('purpose', 'missing', 'is empty', `write one of ${expensePurpose.options.join(', ')}`),
    amount: row.amount('amount') ?? refuse('amount', 'missing', 'is empty', 'fill in the amount'),
    channel: row.choice('channel', stage.manifest.brand.channels.map(({ code }) => code)) ?? null,
    touchpoint: row.text('touchpoint') ?? null,
  };
  let external = row.text('expense', 100);
  if (external === undefined) {
    const key = [occurred, content.class, content.purpose, content.amount, content.channel ?? ''].join(':');
    external = `${key}:${stage.database.occurrence(place.file, 'expense', key)}`;
  }
  const values = [external, occurred, stage.mapper.brandZone.dateAt(occurred), content.class, content.purpose, content.amount, content.channel, content.touchpoint];
  if (stage.database.run('INSERT INTO expense VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING', [...values, place.file, place.row]) === 1) return;
  const before = stage.database.get('SELECT * FROM expense WHERE external = ?', [external])!;
  sameOrRefuse(before, content, `expense ${external}`);
}
