// An entry of its own: reading files needs nothing of what a service runs on.
export * from './csv/csv-rows';
export * from './csv/line-splitter';
