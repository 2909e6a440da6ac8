import type { Operator } from '../auth/operator';
import { idIn } from '../database/ids';
import type { SqlFragment } from '../http/list/keyset-list';

/**
 * Condition that restricts a column of partner ids to what the operator may see: everything, the
 * partner and everything below it, or nothing. `at` (epoch milliseconds) is the moment at which the
 * tree is read; without it, edges that have no end.
 */
export function partnerScopeSql(operator: Pick<Operator, 'scope'>, column: string, at?: number): SqlFragment {
  const name = columnName(column);
  return within(operator, (partnerId) => {
    const below = subtree(partnerId, at);
    return { sql: `${name} IN (${below.sql})`, params: below.params };
  });
}

/** As `partnerScopeSql`, for a column of customer ids: customers bound to a partner the operator may see. */
export function customerScopeSql(operator: Pick<Operator, 'scope'>, column: string, at?: number): SqlFragment {
  const name = columnName(column);
  return within(operator, (partnerId) => {
    const below = subtree(partnerId, at);
    return {
      sql: `${name} IN (SELECT scope_binding.customer_id FROM customer_binding scope_binding WHERE scope_binding.partner_id IN (${below.sql}))`,
      params: below.params,
    };
  });
}

function within(operator: Pick<Operator, 'scope'>, restrict: (partnerId: string) => SqlFragment): SqlFragment {
  if (operator.scope.kind === 'all') return { sql: '1 = 1', params: [] };
  // Whatever is not understood sees nothing.
  return operator.scope.kind === 'partner' ? restrict(operator.scope.partnerId) : { sql: '1 = 0', params: [] };
}

function subtree(partnerId: string, at: number | undefined): SqlFragment {
  const sql = 'SELECT scope_path.partner_id FROM network_path scope_path WHERE scope_path.ancestor_id = ? AND ';
  if (at === undefined) return { sql: `${sql}scope_path.valid_to IS NULL`, params: [idIn(partnerId)] };
  return {
    sql: `${sql}scope_path.valid_from <= ? AND (scope_path.valid_to IS NULL OR scope_path.valid_to > ?)`,
    params: [idIn(partnerId), at, at],
  };
}

function columnName(column: string): string {
  if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i.test(column)) throw new Error(`${column} is not a column name`);
  return column;
}
