export type { HubContext } from './context';
export * from './errors';
export { Generation, type GenerationOptions, type LiveRequest, type SubscriptionPlan } from './federation/generation';
export * from './gateway';
export { HttpService, type HttpServiceOptions } from './services/http-service';
export { inProcess, type InProcessOptions } from './services/in-process';
