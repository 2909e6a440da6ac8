import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, createTable, insertRows } from '@concentric/service-kit';

const columns = ['indicator_key', 'version', 'name_zh', 'name_en', 'formula', 'unit', 'additivity', 'direction', 'source'];
const definitions = [
  [
    'net_sales_amount',
    1,
    '净销售额',
    'Net sales',
    'sum(paid) - sum(refunded); paid on the date of the order, refunded on the date of the refund (ledger) or of the order (order)',
    'minor',
    '+',
    'up',
    'commerce.order-paid.v1 commerce.order-refunded.v1',
  ],
  [
    'effective_commission_rate',
    1,
    '实际佣金率',
    'Effective commission rate',
    '(commission matured - matured commission reversed later) / (commissionable paid - commissionable refunded), both by the date of the order',
    'ratio',
    'x',
    'target',
    'distribution.commission-accrued.v1 distribution.commission-matured.v1 distribution.commission-reversed.v1',
  ],
];

export class DefineIndicators1764000500004 implements MigrationInterface {
  name = 'DefineIndicators1764000500004';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'indicator_definition',
      columns: [
        col.key('indicator_key', 64),
        col.int('version'),
        col.text('name_zh', 100),
        col.text('name_en', 100),
        col.text('formula', 1000),
        col.key('unit', 16),
        col.key('additivity', 1),
        col.key('direction', 16),
        col.text('source', 500),
      ],
      primary: ['indicator_key', 'version'],
      appendOnly: true,
    });
    await insertRows(runner.manager, 'indicator_definition', columns, definitions);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('indicator_definition');
  }
}
