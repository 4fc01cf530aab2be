import { composeServices } from '@apollo/composition';
import { applyTagFilterOnSubgraphs } from '@theguild/federation-composition';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { lintPublicRights, lintPublicTags, lintSubgraphs } from './compose-lint';
import { hideUnreachable, mergeTagExtensions } from './public-contract';

/** A service's schema with federation directives, as it is committed. */
export interface SubgraphSource {
  readonly name: string;
  readonly sdl: string;
}

interface ParsedSubgraph {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/** Tag of everything that the law makes public; what does not carry it cannot be named at the public door. */
export const publicTag = 'public';

/** The subgraphs do not make one graph; names every clash at once. */
export class CompositionFailed extends Error {
  constructor(
    what: string,
    /** One line each. */
    readonly clashes: readonly string[],
  ) {
    super(`${what} cannot be composed:\n${clashes.map((clash) => `  ${clash}`).join('\n')}`);
    this.name = 'CompositionFailed';
  }
}

/**
 * One graph of all subgraphs.
 *
 * @returns the supergraph SDL; the same text for the same subgraphs, in whatever order they are given
 * @throws CompositionFailed when two subgraphs clash, or one breaks a rule of the house (see compose-lint.ts)
 */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): string {
  const parsed = read('The graph', subgraphs);
  refuse('The graph', lintSubgraphs(parsed));
  return compose('The graph', parsed);
}

/**
 * The graph as the public sees it: only what is tagged `public`, and of that only what a query can reach.
 *
 * Keys stay in the supergraph, hidden, so that two services can still be joined over them.
 *
 * @throws CompositionFailed as above, and when something public cannot be used without something hidden (a required argument), or needs
 *   rights that the public does not have
 */
export function composePublic(subgraphs: readonly SubgraphSource[]): string {
  const what = 'The public contract';
  const parsed = read(what, subgraphs).map((subgraph) => ({ ...subgraph, typeDefs: mergeTagExtensions(subgraph.typeDefs, publicTag) }));
  refuse(what, [...lintSubgraphs(parsed), ...lintPublicTags(parsed, publicTag)]);
  const filtered = applyTagFilterOnSubgraphs(parsed, { include: new Set([publicTag]), exclude: new Set() });
  const contract = hideUnreachable(compose(what, filtered));
  refuse(what, lintPublicRights(contract));
  return contract;
}

function read(what: string, subgraphs: readonly SubgraphSource[]): ParsedSubgraph[] {
  const faults: string[] = [];
  const parsed = subgraphs.flatMap(({ name, sdl }) => {
    try {
      return [{ name, typeDefs: parse(sdl, { noLocation: true }) }];
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
      return [];
    }
  });
  refuse(what, faults);
  return parsed.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function compose(what: string, subgraphs: readonly ParsedSubgraph[]): string {
  // Where a service is, is configuration and not part of the graph: the address only says which service it is.
  const result = composeServices(subgraphs.map(({ name, typeDefs }) => ({ name, typeDefs, url: `casebridge:${name}` })));
  if (result.errors) throw new CompositionFailed(what, result.errors.map(describe));
  return `${result.supergraphSdl.trimEnd()}\n`;
}

function describe(error: GraphQLError): string {
  const code = error.extensions['code'];
  return `${typeof code === 'string' ? `${code}: ` : ''}${error.message}`;
}

function refuse(what: string, clashes: readonly string[]): void {
  if (clashes.length > 0) throw new CompositionFailed(what, clashes);
}
