import { csvColumns } from '../../apps/commerce/src/import/csv-columns.rules';
import { COLUMNS, IMPORT_KINDS } from '../../apps/console/src/imports/columns';

describe('columns of an import', () => {
  it.each(IMPORT_KINDS)('of %s are told as commerce reads them', (kind) => {
    const read = Object.entries(csvColumns[kind]);
    const required = read.filter(([, column]) => column.isRequired).map(([name]) => name);
    expect([...COLUMNS[kind].required].sort()).toEqual(required.sort());
    expect([...COLUMNS[kind].required, ...COLUMNS[kind].optional].sort()).toEqual(read.map(([name]) => name).sort());
  });
});
