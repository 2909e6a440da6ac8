import type { Day } from '../history/day';
import { dateAfter } from '../staging/zone.rules';
import { SAMPLE_AS_OF, SAMPLE_FIRST_DATE } from './sample-brand';
import { expensesOn, productsOn } from './sample-goods';
import { SampleNetwork } from './sample-network';
import { SampleYear } from './sample-sales';

const SEED = 20250101;

/** Every day of the sample year. The same days, byte for byte, each time and everywhere. */
export async function* sampleDays(): AsyncGenerator<Day> {
  const network = new SampleNetwork(SEED);
  const year = new SampleYear(SEED + 1, network);
  for (let date = SAMPLE_FIRST_DATE; date <= SAMPLE_AS_OF; date = dateAfter(date)) {
    yield {
      businessDate: date,
      products: productsOn(date),
      partners: network.partnersOn(date),
      expenses: expensesOn(date),
      ...year.on(date),
    };
  }
}
