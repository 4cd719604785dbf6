export * from './accounts.ts';
export * from './ports.ts';
export * from './store.ts';
