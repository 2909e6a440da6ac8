export { runHistory, setClocks, type HistoryOptions } from './history/history';
export { waitUntilQuiet, type Flow } from './history/barrier';
export { openBrand } from './history/open-brand';
export type { Day } from './history/day';
export { Session, type ServiceUrls } from './target/api';
export { loadSample, type SampleOptions, type SampleResult } from './sample/load-sample';
export type { SampleSignIn } from './sample/sample-people';
