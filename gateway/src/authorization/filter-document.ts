import {
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLError, type InlineFragmentNode, Kind, type OperationDefinitionNode,
  type SelectionNode, type SelectionSetNode, visit,
} from 'graphql';
import { keyOf } from '../federation/fetch-shape';
import { unauthorized } from './errors';
import { isMetaField } from './operation-needs';
import type { ProtectedGraph } from './protected-graph';
import { type Check, checks, type Grants, isMet, type Requirement } from './requirement';
import { fragmentsOf } from '../documents/fragments';

/** An operation without what its reader may not have. */
export interface Filtered {
  /** The very document that was given when nothing was removed; null when nothing is left. */
  readonly document: DocumentNode | null;
  readonly operation: OperationDefinitionNode | null;
  /** One per place that was removed, in the order of the passes; what became empty by it has none of its own. */
  readonly errors: readonly GraphQLError[];
}

/** Fragments can name exponentially many places; above this an error says that there are more. */
const maxErrors = 200;

/**
 * Removes from an operation what the reader may not have: fields, fragments, or all of it.
 *
 * A field goes when its own directive or that of the type it returns is not met, a fragment when that of its type is not, the
 * operation when that of the root type is not. A field or fragment on an interface goes when it selects plain fields of it
 * and a type that implements it is out of reach; a plain field of an interface goes when the field that stands for it in such
 * a type is. `__typename` and introspection need nothing.
 *
 * @param document - valid against the graph; of several operations only the one that is asked for is kept
 */
export function filterDocument(graph: ProtectedGraph, document: DocumentNode, operation: OperationDefinitionNode, grants: Grants): Filtered {
  if (graph.isOpen) return { document, operation, errors: [] };
  let left: Left = { operation, fragments: fragmentsOf(document) };
  const refused = new Refused();
  for (const check of checks) {
    const pass = new Pass(graph, check, grants, left.fragments);
    const { node, removed } = pass.operation(left.operation);
    refused.add(removed, pass);
    if (!node) return { document: null, operation: null, errors: refused.errors };
    left = { operation: node, fragments: pass.leftFragments };
  }
  if (refused.errors.length === 0) return { document, operation, errors: [] };
  const kept = withoutUnused(left);
  return { document: { ...document, definitions: [kept.operation, ...kept.fragments.values()] }, operation: kept.operation, errors: refused.errors };
}

interface Left {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** A removed place below where it is noted, or the place of a spread whose fragment lost something. */
interface Removed {
  readonly path: readonly string[];
  readonly spread: string | null;
}

interface Kept<T> {
  /** The given node itself when nothing in it was removed. */
  readonly node: T | null;
  readonly removed: readonly Removed[];
}

class Pass {
  private readonly done = new Map<string, Kept<FragmentDefinitionNode>>();

  constructor(
    private readonly graph: ProtectedGraph,
    private readonly check: Check,
    private readonly grants: Grants,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  /** Those that the operation reaches, as far as anything is left of them. */
  get leftFragments(): ReadonlyMap<string, FragmentDefinitionNode> {
    // Fragments that are not visited are those of introspection.
    return new Map([...this.fragments].flatMap(([name, given]) => {
      const kept = this.done.has(name) ? this.done.get(name)?.node : given;
      return kept ? [[name, kept] as const] : [];
    }));
  }

  removedFrom(fragment: string): readonly Removed[] {
    return this.done.get(fragment)?.removed ?? [];
  }

  operation(operation: OperationDefinitionNode): Kept<OperationDefinitionNode> {
    const root = this.graph.roots.get(operation.operation);
    if (root === undefined) throw new RangeError(`no root type for ${operation.operation}`);
    if (!this.opens(root, operation.selectionSet)) return { node: null, removed: [{ path: [], spread: null }] };
    return this.holder(operation, root);
  }

  private holder<T extends OperationDefinitionNode | FragmentDefinitionNode | FieldNode | InlineFragmentNode>(node: T, type: string): Kept<T> {
    if (!node.selectionSet) return { node, removed: [] };
    const removed: Removed[] = [];
    const { selections } = node.selectionSet;
    const kept = selections.flatMap((selection) => this.selection(selection, type, removed) ?? []);
    if (kept.length === 0) return { node: null, removed };
    if (kept.every((one, i) => one === selections[i]) && kept.length === selections.length) return { node, removed };
    return { node: { ...node, selectionSet: { ...node.selectionSet, selections: kept } }, removed };
  }

  private selection(node: SelectionNode, parent: string, removed: Removed[]): SelectionNode | null {
    if (node.kind === Kind.FIELD) return this.field(node, parent, removed);
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const condition = node.typeCondition?.name.value;
      const path = condition === undefined ? [] : [onType(condition)];
      if (!this.opens(condition ?? parent, node.selectionSet)) return refuse(path, removed);
      return noting(this.holder(node, condition ?? parent), path, removed);
    }
    const name = node.name.value;
    const fragment = this.fragments.get(name);
    // An earlier pass left nothing of it; it left no spread of it either.
    if (!fragment) throw new RangeError(`no fragment ${name}`);
    const condition = fragment.typeCondition.name.value;
    const path = [onType(condition)];
    if (!this.opens(condition, fragment.selectionSet)) return refuse(path, removed);
    let kept = this.done.get(name);
    if (!kept) this.done.set(name, (kept = this.holder(fragment, condition)));
    if (kept.removed.length > 0) removed.push({ path, spread: name });
    return kept.node ? node : null;
  }

  private field(node: FieldNode, parent: string, removed: Removed[]): FieldNode | null {
    const name = node.name.value;
    if (isMetaField(name)) return node;
    const field = this.graph.types.get(parent)?.fields.get(name);
    if (!field) throw new RangeError(`no field ${parent}.${name}`);
    const path = field.isList ? [keyOf(node), '@'] : [keyOf(node)];
    if (!this.meets(field.requirement) || (node.selectionSet && !this.opens(field.returns, node.selectionSet))) return refuse(path, removed);
    return noting(this.holder(node, field.returns), path, removed);
  }

  /** Whether this selection set may be asked of the type. */
  private opens(type: string, { selections }: SelectionSetNode): boolean {
    const found = this.graph.types.get(type);
    if (!found) return true; // a union: its members are asked for by fragments
    if (!this.meets(found.requirement)) return false;
    return this.meets(found.implementers) || selections.every((node) => node.kind !== Kind.FIELD || isMetaField(node.name.value));
  }

  private meets(requirement: Requirement | null): boolean {
    return isMet(requirement, this.check, this.grants);
  }
}

const onType = (type: string): string => `... on ${type}`;

function refuse(path: readonly string[], removed: Removed[]): null {
  removed.push({ path, spread: null });
  return null;
}

function noting<T>({ node, removed: below }: Kept<T>, path: readonly string[], removed: Removed[]): T | null {
  for (const one of below) removed.push({ path: [...path, ...one.path], spread: one.spread });
  return node;
}

/** The removed places as errors, each once. */
class Refused {
  readonly errors: GraphQLError[] = [];
  private readonly places = new Set<string>();

  add(removed: readonly Removed[], pass: Pass, at: readonly string[] = [], spreads = new Set<string>()): void {
    for (const { path: below, spread } of removed) {
      if (this.errors.length > maxErrors) return;
      const path = [...at, ...below];
      const seen = spread === null ? this.places : spreads;
      const key = JSON.stringify([spread, ...path]);
      if (seen.has(key)) continue;
      seen.add(key);
      if (spread !== null) this.add(pass.removedFrom(spread), pass, path, spreads);
      else if (this.errors.length < maxErrors) this.errors.push(unauthorized(path));
      else this.errors.push(unauthorized([], `More than ${maxErrors} unauthorized fields or types; the others are not listed`));
    }
  }
}

/** A document with definitions that nothing uses would not be valid. */
function withoutUnused({ fragments, operation }: Left): Left {
  const used = new Map<string, FragmentDefinitionNode>();
  const variables = new Set<string>();
  const open: (FragmentDefinitionNode | OperationDefinitionNode)[] = [operation];
  for (let node = open.pop(); node; node = open.pop()) {
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.set(name.value, fragment);
        open.push(fragment);
      },
    });
  }
  const definitions = operation.variableDefinitions ?? [];
  const kept = definitions.filter(({ variable }) => variables.has(variable.name.value));
  return {
    operation: kept.length === definitions.length ? operation : { ...operation, variableDefinitions: kept },
    fragments: new Map([...fragments].filter(([name]) => used.has(name))),
  };
}
