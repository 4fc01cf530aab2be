import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { ProtectedGraph } from './protected-graph';
import { allOf, type Requirement } from './requirement';
import { fragmentsOf } from '../documents/fragments';

/** What decides on an operation: two readers who are alike in these get the same plan. */
export interface OperationNeeds {
  readonly authenticated: boolean;
  /** Sorted. */
  readonly scopes: readonly string[];
  /** Sorted. */
  readonly policies: readonly string[];
}

/** Fields that every type has, or that tell about the schema; the directives do not reach them. */
export const isMetaField = (name: string): boolean => name.startsWith('__');

/**
 * What an operation needs, whatever its variables: all that is required of anything in it, its fragments included.
 *
 * @param document - valid against the graph
 * @returns null when it needs nothing
 */
export function authorizationOf(graph: ProtectedGraph, document: DocumentNode, operation: OperationDefinitionNode): OperationNeeds | null {
  if (graph.isOpen) return null;
  const needs = allOf([...new Collector(graph, fragmentsOf(document)).collect(operation)]);
  if (!needs) return null;
  const names = (alternatives: Requirement['scopes']): string[] => [...new Set(alternatives.flat(2))].sort();
  return { authenticated: needs.authenticated, scopes: names(needs.scopes), policies: names(needs.policies) };
}

class Collector {
  private readonly found = new Set<Requirement | null>();
  private readonly visited = new Set<string>();

  constructor(
    private readonly graph: ProtectedGraph,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  collect(operation: OperationDefinitionNode): ReadonlySet<Requirement | null> {
    const root = this.graph.roots.get(operation.operation);
    if (root === undefined) throw new RangeError(`no root type for ${operation.operation}`);
    this.type(root);
    this.set(operation.selectionSet, root);
    return this.found;
  }

  private type(name: string): void {
    this.found.add(this.graph.types.get(name)?.requirement ?? null);
  }

  private set(set: SelectionSetNode, parent: string): void {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        if (isMetaField(node.name.value)) continue;
        const type = this.graph.types.get(parent);
        const field = type?.fields.get(node.name.value);
        if (!type || !field) throw new RangeError(`no field ${parent}.${node.name.value}`);
        this.found.add(field.requirement).add(type.implementers);
        if (node.selectionSet) this.set(node.selectionSet, field.returns);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value;
        if (condition !== undefined) this.type(condition);
        this.set(node.selectionSet, condition ?? parent);
      } else this.spread(node.name.value);
    }
  }

  private spread(name: string): void {
    if (this.visited.has(name)) return;
    this.visited.add(name);
    const fragment = this.fragments.get(name);
    if (!fragment) throw new RangeError(`no fragment ${name}`);
    this.type(fragment.typeCondition.name.value);
    this.set(fragment.selectionSet, fragment.typeCondition.name.value);
  }
}
