import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { printExchangePage } from '@casebridge/credit';
import { composePublic, composeSupergraph } from '@casebridge/gateway/dist/compose';
import { services } from '../services';
import { printLaw } from './law';

const home = resolve(__dirname, '../../../..');

/** Every printed schema of the repository, the law that it holds and the tables of the exchange, by file: what is committed must equal what the code says. */
export function printSchemas(): ReadonlyMap<string, string> {
  const subgraphs = services.map((service) => ({ name: service.name, sdl: service.subgraph().sdl }));
  return new Map([
    ...subgraphs.map(({ name, sdl }) => [`services/${name}/schema.graphql`, sdl] as const),
    ['gateway/supergraph.graphql', composeSupergraph(subgraphs)],
    ['gateway/supergraph.public.graphql', composePublic(subgraphs)],
    ['docs/reference/law.md', printLaw()],
    ['docs/reference/exchange.md', printExchangePage(readCommitted('docs/reference/exchange.md'))],
  ]);
}

export const readCommitted = (file: string): string => readFileSync(resolve(home, file), 'utf8');

/** `npm run schema`: writes them all. */
export function writeSchemas(): void {
  for (const [file, text] of printSchemas()) writeFileSync(resolve(home, file), text);
}
