import { namedId } from '@concentric/service-kit';
import { partnerName, type DistributionSettings, type OrderLine, type PurchaseAttributed } from '@concentric/contracts';
import { bindingOf, decideBindings, type Binding, type BindingDecision, type Candidate } from '../binding/binding.rules';
import type { Merge } from '../binding/merge.rules';
import type { LoadedNetwork } from '../hierarchy/network.repository';
import { planAt, type ActivePlan } from '../plan/plan.rules';
import { costsOfLines, withCosts, type LineCost } from '../purchase/order-cost.rules';
import { splitLine, type HeldReason, type LineParties, type OverBudget, type Share } from './split.rules';

/** Characters of what is kept about why an order is held. */
export const LONGEST_DETAIL = 200;

/** An order whose turn it is. */
export interface DuePurchase {
  data: PurchaseAttributed;
  occurredAt: number;
  /** By how much two people have accepted that it goes beyond its budget, as they were shown it; that and nothing else is theirs. */
  accepted?: string | null;
  /** What of the costs in `data` was not known when the order came. */
  given: readonly LineCost[];
}

/** What becomes of an order: split by a plan, or held with a reason. */
export type Decided =
  | {
      purchase: DuePurchase;
      planVersionId: string;
      lines: { line: OrderLine; storeId: string | null; shares: Share[] }[];
      /** By which its buyer was bound at that moment, whether anybody earns by it or not. */
      bindingId: string | null;
      late: boolean;
    }
  | { purchase: DuePurchase; held: HeldReason; detail: string };

/** Everything decisions are made from, as of now; each order looks up its own moment in it. */
export interface DecisionContext {
  settings: DistributionSettings;
  plans: readonly ActivePlan[];
  loaded: LoadedNetwork;
  /** Every binding of every customer in the batch; updated in place. */
  bindings: Map<string, Binding[]>;
  /** Every merge of those customers, with those that the batch itself brings about. */
  merges: ReadonlyMap<string, Merge>;
  /** Partners to whose accounts nothing may be posted. */
  halted: ReadonlySet<string>;
  /** What pieces of products cost, by SKU and by the date from which each counts, for lines that came without. */
  costs: ReadonlyMap<string, ReadonlyMap<string, number>>;
  newId: () => string;
}

type Parties = Omit<LineParties, 'bound'>;
type Bound = NonNullable<LineParties['bound']>;
type Ready = { purchase: DuePurchase; plan: ActivePlan; parties: Parties[] };

/**
 * Decides a batch of orders in order of occurrence: who each buyer is bound to from then on, and who earns what.
 * Every lookup is made as of the order's own instant (inv 8, 9). The batch must not split what a person bought in an
 * instant. `happening` are
 * the merges that the batch brings about, in order of occurrence.
 */
export function decide(
  purchases: readonly DuePurchase[],
  happening: readonly Merge[],
  context: DecisionContext,
): { decided: Decided[]; bindings: BindingDecision } {
  const prepared = purchases.map((purchase) => prepare(purchase, context));
  const candidates = prepared.flatMap((item) => ('held' in item ? [] : candidatesOf(item, context.settings)));
  const { bindingMode: mode, protectionDays } = context.settings;
  const bindings = decideBindings(candidates, context.bindings, { mode, protectionDays }, context.newId, context.merges, happening);
  const decided = prepared.map((item) =>
    'held' in item ? item : holdHalted(split(item, boundOf(item.purchase, context), context, bindings.late), context.halted),
  );
  return { decided, bindings };
}

/**
 * What one plan would have given for an order, whatever it was decided by: partners and chains are looked up as of the order's
 * instant. Who its buyer was and whom they were `bound` to was found once and stays (inv 8); nobody is bound anew.
 */
export function splitBy(plan: ActivePlan, purchase: DuePurchase, bound: Bound | null, loaded: LoadedNetwork): Decided {
  const item = prepare(purchase, { loaded, plans: [{ ...plan, validFrom: purchase.occurredAt }] });
  return 'held' in item ? item : split(item, bound, { loaded, costs: new Map() }, new Set());
}

/** Whom the buyer of an order was bound to at its moment. */
function boundOf({ data, occurredAt }: DuePurchase, { bindings, merges }: Pick<DecisionContext, 'bindings' | 'merges'>): Bound | null {
  if (data.customerId === null) return null;
  return bindingOf(data.customerId, occurredAt, bindings, merges) ?? null;
}

function prepare(
  purchase: DuePurchase,
  { loaded, plans }: Pick<DecisionContext, 'loaded' | 'plans'>,
): Ready | { purchase: DuePurchase; held: HeldReason; detail: string } {
  const { data, occurredAt } = purchase;
  const parties: Parties[] = [];
  for (const line of data.lines) {
    for (const code of [line.storeCode, line.guideCode, line.leaderCode]) {
      if (code !== null && !loaded.network.edgeAt(partnerIdOf(data.brandId, code), occurredAt))
        return { purchase, held: 'unknown_partner', detail: code };
    }
    parties.push({
      storeId: idOrNull(data.brandId, line.storeCode),
      guideId: idOrNull(data.brandId, line.guideCode),
      leaderId: idOrNull(data.brandId, line.leaderCode),
    });
  }
  const plan = planAt(plans, occurredAt);
  return plan ? { purchase, plan, parties } : { purchase, held: 'no_plan', detail: data.occurredAt };
}

function candidatesOf({ purchase: { data, occurredAt }, parties }: Ready, settings: DistributionSettings): Candidate[] {
  const { customerId } = data;
  if (customerId === null) return [];
  return data.lines.map((line, index) => {
    const party = parties[index]!;
    const named = { store: party.storeId, guide: party.guideId, leader: party.leaderId };
    const kind = settings.bindTo.find((candidate) => named[candidate] !== null);
    return {
      customerId,
      occurredAt,
      lineNo: line.lineNo,
      externalId: data.externalId,
      orderId: data.orderId,
      partnerId: kind ? named[kind] : null,
    };
  });
}

/** Where a plan asks what a product cost and the order came without it, what is known by now counts, one product after the other. */
function split(ready: Ready, bound: Bound | null, context: Pick<DecisionContext, 'loaded' | 'costs'>, late: ReadonlySet<string>): Decided {
  const decided = splitAsItIs(ready, bound, context.loaded, late);
  if (!('held' in decided) || decided.held !== 'cost_unknown') return decided;
  const { data, given } = ready.purchase;
  const found = costsOfLines(data, decided.detail, context.costs.get(decided.detail) ?? new Map());
  if (found.length === 0) return decided;
  const purchase = { ...ready.purchase, data: withCosts(data, found), given: [...given, ...found] };
  return split({ ...ready, purchase }, bound, context, late);
}

function splitAsItIs({ purchase, plan, parties }: Ready, bound: Bound | null, loaded: LoadedNetwork, late: ReadonlySet<string>): Decided {
  const { data, occurredAt } = purchase;
  const partnerOf = (partnerId: string) => loaded.partners.get(partnerId);
  const lines: { line: OrderLine; storeId: string | null; shares: Share[] }[] = [];
  const over: OverBudget[] = [];
  let stopped: Decided | undefined;
  for (const [index, line] of data.lines.entries()) {
    const party = parties[index]!;
    const result = splitLine(line, data.channel, occurredAt, { ...party, bound }, plan, loaded.network, partnerOf);
    if ('held' in result) {
      stopped = { purchase, held: result.held, detail: result.detail };
      break;
    }
    if (result.over) over.push(result.over);
    lines.push({ line, storeId: party.storeId, shares: result.shares });
  }
  const detail = overDetail(over);
  if (detail !== null && (detail !== purchase.accepted || over.some(({ isBookable }) => !isBookable)))
    return { purchase, held: 'budget_exceeded', detail };
  if (stopped) return stopped;
  return { purchase, planVersionId: plan.planVersionId, lines, bindingId: bound?.bindingId ?? null, late: late.has(data.orderId) };
}

/**
 * What an order comes to beyond its budgets, as it is shown to those who may accept just that; null: it keeps to them. Of many
 * lines the sum stands first, and behind it as many as there is room for.
 */
function overDetail(over: readonly OverBudget[]): string | null {
  if (over.length === 0) return null;
  const sum = (of: (line: OverBudget) => bigint) => over.reduce((total, line) => total + of(line), 0n);
  const head = over.length === 1 ? '' : `${sum(({ total }) => total)} of at most ${sum(({ budget }) => budget)}: `;
  const shown: string[] = [];
  for (const { lineNo, total, budget, isMargin } of over) {
    shown.push(`line ${lineNo}: ${total} of at most ${budget}${isMargin ? ' (its margin)' : ''}`);
    if (head.length + shown.join(', ').length > LONGEST_DETAIL) return `${head}${shown.slice(0, -1).join(', ')}`;
  }
  return `${head}${shown.join(', ')}`;
}

/** An order that would post to a halted account waits; whom its buyer is bound to stands. */
function holdHalted(item: Decided, halted: ReadonlySet<string>): Decided {
  if ('held' in item) return item;
  const stopped = item.lines.flatMap(({ shares }) => shares).find(({ partnerId }) => halted.has(partnerId));
  return stopped ? { purchase: item.purchase, held: 'account_halted', detail: stopped.partnerId } : item;
}

const partnerIds = new Map<string, string>();

/** Name-based ids are hashes: worth remembering for the few thousand codes that come again and again. */
function partnerIdOf(brandId: string, code: string): string {
  const name = partnerName(brandId, code);
  let id = partnerIds.get(name);
  if (!id) {
    if (partnerIds.size > 200_000) partnerIds.clear();
    id = namedId(name);
    partnerIds.set(name, id);
  }
  return id;
}

function idOrNull(brandId: string, code: string | null): string | null {
  return code === null ? null : partnerIdOf(brandId, code);
}
