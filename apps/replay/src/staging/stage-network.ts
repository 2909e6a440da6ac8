import { partnerTypes } from '../manifest/manifest';
import { refuse, type MappedRow } from './record-mapper';
import { takeOnce, type Place, type Stage } from './stager';

/** A partner and whom it stands under from a moment on. Parents of a named type need no row of their own. */
export function stagePartner(stage: Stage, row: MappedRow, place: Place): void {
  const code = row.needed('code');
  const type = row.choice('type', partnerTypes) ?? refuse('type', 'missing', 'is empty', `write one of ${partnerTypes.join(', ')}`);
  putPartner(stage, code, type, row.text('name', 200) ?? code, false, place);
  stageEdge(stage, row, place, code, row.text('parent') ?? '');
}

/** What one file says about ids of another: who a buyer is, whom a partner stands under. */
export function stageLink(stage: Stage, row: MappedRow, place: Place): void {
  const [source, target] = [row.needed('from', 200), row.needed('to', 200)];
  const kind = stage.mapper.spec.link!;
  if (kind === 'parent') {
    const type = row.choice('type', partnerTypes);
    if (type) putPartner(stage, source, type, source, true, place);
    stageEdge(stage, row, place, source, target);
    return;
  }
  takeOnce(stage, place, { table: 'link', key: { kind, source }, content: { target } }, `the link of ${source}`, source);
}

function stageEdge(stage: Stage, row: MappedRow, place: Place, code: string, parent: string): void {
  const parentType = row.choice('parentType', partnerTypes);
  if (parent !== '' && parentType) putPartner(stage, parent, parentType, parent, true, place);
  // 0: from the first day of the history on, whenever that will turn out to be.
  const validFrom = row.moment('validFrom') ?? 0;
  takeOnce(
    stage,
    place,
    { table: 'edge', key: { code, valid_from: validFrom }, content: { parent } },
    `the place of ${code} from that moment on`,
    code,
  );
}

/** A partner that only others mention is replaced by its own row when that comes. */
function putPartner({ database }: Stage, code: string, type: string, name: string, derived: boolean, place: Place): void {
  const before = database.get<{ type: string; name: string; derived: number }>('SELECT type, name, derived FROM partner WHERE code = ?', [
    code,
  ]);
  if (!before) {
    database.run('INSERT INTO partner VALUES(?,?,?,?,?,?)', [code, type, name, Number(derived), place.file, place.row]);
    return;
  }
  if (before.type !== type)
    refuse('type', 'conflicting_repeat', `partner ${code} stands in another row as ${before.type}`, 'give a partner one type');
  if (before.derived === 1 && !derived) database.run('UPDATE partner SET name = ?, derived = 0 WHERE code = ?', [name, code]);
}
