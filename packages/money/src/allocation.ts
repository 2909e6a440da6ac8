import { MAX_MINOR, sumMinor, toMinor, type Minor } from './minor';
import { MoneyRangeError } from './money.errors';

interface Split {
  /** Every part floored, in the order of the weights. */
  readonly parts: Minor[];
  /** What each part lost to its floor, in units of 1 / total weight; only compared with each other. */
  readonly lost: readonly (number | bigint)[];
}

/**
 * Splits a pool by weights with the largest remainder (invariants 4 and 5): the parts sum to the pool exactly, each
 * is within one unit of its exact value, weight 0 gets 0, and allocate(-x) is the negative of allocate(x).
 * @param weights non-negative safe integers
 * @param tieOrder one distinct rank per weight, lower first; without it the position in the list decides. Either way
 *   the caller owns a total order, for commission (role rank, partner id), so that no map or query order leaks in
 * @throws MoneyRangeError for a bad weight, a rank that is missing or repeated, or a pool that no weight may take
 */
export function allocate(total: Minor, weights: readonly number[], tieOrder?: readonly number[]): Minor[] {
  const pool = Math.abs(toMinor(total, 'total'));
  checkTieOrder(weights, tieOrder);
  const { sum, max } = measure(weights);
  if (sum === 0n) {
    if (pool === 0) return weights.map(() => 0);
    throw new MoneyRangeError('weights', `no weight above 0 to take the pool of ${total}`);
  }

  const small = Number(sum);
  const { parts, lost } = pool * max + small <= MAX_MINOR ? floorSmall(pool, weights, small) : floorLarge(pool, weights, sum);
  const spare = pool - sumMinor(parts);
  if (spare > 0) {
    // There are fewer spare units than parts that lost something, so one each is enough and weight 0 stays at 0.
    const rank = tieOrder ?? weights.map((_, index) => index);
    const byLoss = weights.map((_, index) => index).sort((a, b) => compare(lost[b]!, lost[a]!) || rank[a]! - rank[b]!);
    for (const index of byLoss.slice(0, spare)) parts[index]! += 1;
  }
  return total < 0 ? parts.map((part) => 0 - part) : parts;
}

/**
 * Spreads an order-level discount (or a refunded amount) over item amounts in proportion (invariant 5): the parts
 * sum back exactly and no item gets more than its own amount. Ties go to the earlier item.
 * @throws MoneyRangeError for a negative item, or when the discount exceeds the items' sum
 */
export function prorate(discount: Minor, amounts: readonly Minor[]): Minor[] {
  const { sum } = measure(amounts);
  if (BigInt(Math.abs(toMinor(discount, 'discount'))) > sum) {
    throw new MoneyRangeError('discount', `${discount} exceeds the items' sum of ${sum}`);
  }
  return allocate(discount, amounts);
}

function measure(weights: readonly number[]): { sum: bigint; max: number } {
  let [sum, run, max] = [0n, 0, 0];
  weights.forEach((weight, index) => {
    if (toMinor(weight, `weights[${index}]`) < 0) throw new MoneyRangeError(`weights[${index}]`, `${weight} is negative`);
    if (weight > max) max = weight;
    if (run + weight > MAX_MINOR) {
      sum += BigInt(run);
      run = 0;
    }
    run += weight;
  });
  return { sum: sum + BigInt(run), max };
}

function floorSmall(pool: number, weights: readonly number[], sum: number): Split {
  const parts: Minor[] = [];
  const lost: number[] = [];
  for (const weight of weights) {
    const product = pool * weight;
    const remainder = product % sum;
    parts.push((product - remainder) / sum);
    lost.push(remainder);
  }
  return { parts, lost };
}

function floorLarge(pool: number, weights: readonly number[], sum: bigint): Split {
  const products = weights.map((weight) => BigInt(pool) * BigInt(weight));
  return { parts: products.map((product) => Number(product / sum)), lost: products.map((product) => product % sum) };
}

function checkTieOrder(weights: readonly number[], tieOrder: readonly number[] | undefined): void {
  if (!tieOrder) return;
  if (tieOrder.length !== weights.length || new Set(tieOrder).size !== weights.length || !tieOrder.every(Number.isFinite)) {
    throw new MoneyRangeError('tieOrder', `needs ${weights.length} distinct ranks, one per weight`);
  }
}

function compare(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
