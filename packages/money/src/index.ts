export * from './allocation';
export * from './budget';
export * from './currency';
export * from './decimal';
export * from './minor';
export * from './money.errors';
export * from './rate';
export * from './reversal';
