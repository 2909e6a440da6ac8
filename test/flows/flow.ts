import { expectMoneyInOrder, moneyOf } from './assertions';
import { type BrandOptions, FlowBrand } from './flow-brand';

/** One story of a brand, from intake to statements. It is played twice: as it happened, and shuffled with everything doubled. */
export interface Flow {
  readonly name: string;
  readonly options?: BrandOptions;
  play(brand: FlowBrand): Promise<void>;
}

/** Plays a flow and closes it with the four assertions: (a), (b), (d) of its books, and (c) that neither repetition nor another order changes the money. */
export async function playFlow(world: FlowBrand['world'], code: string, { options, play }: Flow): Promise<void> {
  const brand = await FlowBrand.open(world, code, options);
  await play(brand);
  await expectMoneyInOrder(brand);
  const money = await moneyOf(brand);

  expect(await brand.takeAgain()).toBe(0);
  expect(await moneyOf(brand)).toEqual(money);

  const twin = await FlowBrand.open(world, `${code}-shuffled`, { ...options, shuffle: 7 });
  await play(twin);
  await expectMoneyInOrder(twin);
  expect(await moneyOf(twin)).toEqual(money);
}
