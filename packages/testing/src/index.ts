export * from './databases';
export * from './eventually';
export * from './schema';
export * from './server-urls';
export * from './openapi';
export * from './operators';
export * from './row-scope';
export * from './constraints';
