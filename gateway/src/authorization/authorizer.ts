import type { Principal } from '@casebridge/kernel';
import { type DocumentNode, type GraphQLError, type GraphQLFormattedError, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { AuthenticationRequired, UnenforceableSupergraph } from './errors';
import { type Filtered, filterDocument } from './filter-document';
import { authorizationOf, type OperationNeeds } from './operation-needs';
import type { Policies, Policy } from './policies';
import { policiesOf, type ProtectedGraph, readProtectedGraph } from './protected-graph';
import type { Grants } from './requirement';
import type { PlannerSupergraph } from './security-features';

/** Where refusals stand in an answer: among the errors, under `extensions.authorizationErrors`, or nowhere. */
export type ErrorPlacement = 'errors' | 'extensions' | 'disabled';

export interface AuthorizationOptions {
  /** Default errors. */
  readonly errors: ErrorPlacement;
  /** An operation of which anything would be removed is not run at all. Default false. */
  readonly rejectUnauthorized: boolean;
  /** The same of mutations: half an act is worse than none. Default true; the reference has no such option and filters them. */
  readonly rejectMutations: boolean;
  /** Removes nothing, and says what would have been removed. Default false. */
  readonly dryRun: boolean;
  /** Whoever has no token gets 401. Default false. */
  readonly requireAuthentication: boolean;
}

export const defaultAuthorizationOptions: AuthorizationOptions = {
  errors: 'errors', rejectUnauthorized: false, rejectMutations: true, dryRun: false, requireAuthentication: false,
};

export interface AuthorizerOptions {
  /** As it was composed, the marks of security in it. */
  readonly supergraphSdl: string;
  readonly policies: Policies;
  readonly options?: Partial<AuthorizationOptions>;
}

/** What a reader gets of an operation. */
export interface Authorization {
  /** Equal for readers who get the same plan of this operation; empty when it needs nothing. */
  readonly key: string;
  /** What to run: the given document itself when nothing is removed; null when nothing is to be run. */
  readonly document: DocumentNode | null;
  readonly operation: OperationDefinitionNode | null;
  /** What was removed, or would have been. */
  readonly errors: readonly GraphQLError[];
}

interface Known {
  readonly needs: OperationNeeds | null;
  readonly byKey: LRUCache<string, Authorization>;
}

/** Combinations of rights that are remembered of one operation. */
const maxKeys = 64;

/**
 * Enforces the rights in a supergraph, operation by operation. What it answers depends on the operation, the reader and the
 * policies, never on variables or records, and is remembered with the parsed document.
 */
export class Authorizer {
  readonly options: AuthorizationOptions;
  private readonly graph: ProtectedGraph;
  private readonly policies: ReadonlyMap<string, Policy>;
  private readonly known = new WeakMap<OperationDefinitionNode, Known>();

  /** @throws UnenforceableSupergraph for what is not known here: a feature of the purpose SECURITY, a policy */
  constructor({ options, policies, supergraphSdl }: AuthorizerOptions) {
    this.options = { ...defaultAuthorizationOptions, ...options };
    this.graph = readProtectedGraph(supergraphSdl);
    this.policies = new Map(Object.entries(policies));
    const unknown = [...policiesOf(this.graph)].filter((name) => !this.policies.has(name)).sort();
    if (unknown.length > 0) throw new UnenforceableSupergraph(unknown.map((name) => `There is no policy ${name}`));
  }

  /**
   * Without this check a planner that got the supergraph without its marks would serve what is protected.
   *
   * @throws UnenforceableSupergraph when the planner has another supergraph than the one that is enforced here
   */
  assertEnforces(planner: PlannerSupergraph): void {
    if (planner.hash !== this.graph.hash) throw new UnenforceableSupergraph(['The planner has another supergraph than the one whose rights were read']);
  }

  /** Whether the supergraph asks nothing of anybody. */
  get isOpen(): boolean {
    return this.graph.isOpen;
  }

  /** @throws AuthenticationRequired when only readers with a token are answered here */
  admit(who: Principal): void {
    if (this.options.requireAuthentication && who.kind === 'public') throw new AuthenticationRequired();
  }

  /**
   * @param document - valid against the API schema of the supergraph
   * @param operation - of that document
   */
  authorize(document: DocumentNode, operation: OperationDefinitionNode, who: Principal, now: Date): Authorization {
    if (this.graph.isOpen) return { key: '', document, operation, errors: [] };
    const known = this.knownOf(document, operation);
    if (!known.needs) return { key: '', document, operation, errors: [] };
    const grants = this.grantsOf(known.needs, who, now);
    const key = keyOf(grants);
    let authorization = known.byKey.get(key);
    if (!authorization) known.byKey.set(key, (authorization = this.decide(key, document, operation, grants)));
    return authorization;
  }

  /** The key alone: whether a plan that was made earlier, for a stream, still holds. */
  keyOf(document: DocumentNode, operation: OperationDefinitionNode, who: Principal, now: Date): string {
    if (this.graph.isOpen) return '';
    const { needs } = this.knownOf(document, operation);
    return needs ? keyOf(this.grantsOf(needs, who, now)) : '';
  }

  private knownOf(document: DocumentNode, operation: OperationDefinitionNode): Known {
    let known = this.known.get(operation);
    if (!known) {
      known = { needs: authorizationOf(this.graph, document, operation), byKey: new LRUCache({ max: maxKeys }) };
      this.known.set(operation, known);
    }
    return known;
  }

  private grantsOf(needs: OperationNeeds, who: Principal, now: Date): Grants {
    const held = who.kind === 'agency' ? who.scopes : [];
    return {
      authenticated: needs.authenticated && who.kind === 'agency',
      scopes: new Set(needs.scopes.filter((scope) => held.includes(scope))),
      policies: new Set(needs.policies.filter((name) => this.policies.get(name)?.(who, now) === true)),
    };
  }

  private decide(key: string, document: DocumentNode, operation: OperationDefinitionNode, grants: Grants): Authorization {
    const { dryRun, rejectMutations, rejectUnauthorized } = this.options;
    const filtered: Filtered = filterDocument(this.graph, document, operation, grants);
    if (filtered.errors.length === 0 || dryRun) return { key, document, operation, errors: filtered.errors };
    const rejects = rejectUnauthorized || (rejectMutations && operation.operation === OperationTypeNode.MUTATION);
    return rejects ? { key, document: null, operation: null, errors: filtered.errors } : { key, ...filtered };
  }
}

const keyOf = ({ authenticated, policies, scopes }: Grants): string =>
  `${authenticated ? 'token' : 'public'};${[...scopes].map(encodeURIComponent).join(',')};${[...policies].map(encodeURIComponent).join(',')}`;

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Puts refusals where the options want them, beside what the answer says already. */
export function withRefusals<T extends Answer>(answer: T, refusals: readonly GraphQLError[], placement: ErrorPlacement): T {
  if (refusals.length === 0 || placement === 'disabled') return answer;
  if (placement === 'errors') return { ...answer, errors: [...refusals, ...(answer.errors ?? [])] };
  const authorizationErrors = refusals.map((refusal): GraphQLFormattedError => refusal.toJSON());
  return { ...answer, extensions: { ...answer.extensions, authorizationErrors } };
}
