import type { Order } from './order';
import type { Cause } from './plan';

/** An order or a refund from its arrival on, and what keeps it from being decided. */
export interface Waiting<T> {
  it: T;
  date: string;
  receivedAt: number;
  state: 'waiting' | 'done' | 'held' | 'void';
  /** Why it is held. */
  cause: 'unknown_partner' | 'no_plan' | Cause | null;
  /** The code whose place in the network it is held for; null: held for the plan. */
  heldFor: string | null;
  /** Whom its buyer was bound to when it was decided. */
  bound: string | undefined;
  /** Held for its cost: of which product. */
  lacks: string | null;
  /** Held for its budget: what its lines come to. */
  over: string | null;
  /** So much two people have let pass. */
  accepted: string | null;
  /** What lines cost that came without, by their numbers. */
  costs: Map<number, bigint>;
  proposal: { action: HeldAction; by: string; over: string | null } | null;
}

export type HeldAction = 'void' | 'accept';
export type WaitingOrder = Waiting<Order>;

/** Why nothing of that kind can be done to an order, or null. */
export function cannot({ state, cause }: WaitingOrder, action: HeldAction): string | null {
  if (state !== 'held') return 'order_not_held';
  return action === 'accept' && cause !== 'budget_exceeded' ? 'not_acceptable' : null;
}

/** The code of the refusal, or null once it is proposed what becomes of an order. */
export function propose(order: WaitingOrder, action: HeldAction, by: string): string | null {
  const refusal = cannot(order, action);
  // Whether somebody has proposed something is asked before what.
  const refused = order.proposal && refusal !== 'order_not_held' ? 'proposed_already' : refusal;
  if (refused === null) order.proposal = { action, by, over: order.over };
  return refused;
}
