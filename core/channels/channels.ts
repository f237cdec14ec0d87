// The list of channels: a new one is one line here. `kinds.ts` and the public face read it.
export * from './email.ts';
export * from './slack.ts';
