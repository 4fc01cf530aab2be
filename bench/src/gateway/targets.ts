/** In the order of the tables; `letter` is for the command line. */
export const targets = [
  { letter: 'a', name: 'stock', services: 'default', is: 'stock `@apollo/gateway` before Apollo Server 5 services with its default plugins' },
  { letter: 'a2', name: 'stock-lean', services: 'lean', is: 'stock `@apollo/gateway` before the lean services' },
  { letter: 'b', name: 'hub-http', services: 'lean', is: 'our gateway before the lean services' },
  { letter: 'c', name: 'hub', services: 'none', is: 'our gateway with the services in its process' },
  { letter: 'd', name: 'hive-js', services: 'lean', is: 'Hive Gateway with its JavaScript planner before the lean services' },
  { letter: 'e', name: 'hive-rust', services: 'lean', is: 'Hive Gateway with the Rust planner before the lean services' },
  { letter: 'f', name: 'limit', services: 'none', is: 'a bare `node:http` server that answers these two operations by hand' },
] as const;

export type TargetName = (typeof targets)[number]['name'];
export type ServiceForm = Exclude<(typeof targets)[number]['services'], 'none'>;

/** The floors: requests per second of one target to those of another, in the same rounds. */
export const bars = [
  { what: 'in process, to stock over HTTP', of: 'hub', to: 'stock', floors: { SharedCase: 14, CaseList: 8 } },
  { what: 'over HTTP, to stock, same services', of: 'hub-http', to: 'stock-lean', floors: { SharedCase: 4, CaseList: 2.2 } },
  { what: 'over HTTP, to Hive with Rust planner, same services', of: 'hub-http', to: 'hive-rust', floors: { SharedCase: 2.4, CaseList: 1.4 } },
  { what: 'in process, to the limit', of: 'hub', to: 'limit', floors: { SharedCase: 0.35, CaseList: 0.35 } },
] as const;
