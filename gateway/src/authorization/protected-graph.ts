import {
  type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode, Kind, OperationTypeNode, parse, type TypeNode, valueFromASTUntyped,
} from 'graphql';
import { UnenforceableSupergraph } from './errors';
import { rightsNames, type RightsNames } from './linked-features';
import { type Alternatives, allOf, type Requirement } from './requirement';
import { hashOf, mayBeProtected } from './security-features';

export interface ProtectedField {
  /**
   * Of the field and of the type that it returns; of an interface's field also of the fields that stand for it in the types
   * that implement it.
   */
  readonly requirement: Requirement | null;
  /** Name of the type that it returns, lists and non-nulls taken off. */
  readonly returns: string;
  readonly isList: boolean;
}

export interface ProtectedType {
  readonly requirement: Requirement | null;
  /** Of an interface: what the types that implement it require, together. */
  readonly implementers: Requirement | null;
  readonly fields: ReadonlyMap<string, ProtectedField>;
}

/** What a supergraph requires of its readers, by type and field, as it was composed. */
export interface ProtectedGraph {
  /** Of the text that was read. */
  readonly hash: string;
  /** Nothing is protected; `types` is empty then. */
  readonly isOpen: boolean;
  /** Object types and interfaces, those included that clients cannot see. */
  readonly types: ReadonlyMap<string, ProtectedType>;
  readonly roots: ReadonlyMap<OperationTypeNode, string>;
}

/**
 * Reads the directives of a supergraph, from its syntax tree: building the library's schema of it takes about twice as long,
 * and a hub waits for this at its start.
 *
 * @param supergraphSdl - as it was composed, not what `stripSecurity` makes of it; the planner's library validates it
 * @throws UnenforceableSupergraph when something of the purpose SECURITY is not known here, or cannot be met by anybody
 * @throws GraphQLError when it cannot be parsed
 */
export function readProtectedGraph(supergraphSdl: string): ProtectedGraph {
  const hash = hashOf(supergraphSdl);
  // Other features of the purpose SECURITY stay marked, and the library refuses them.
  if (!mayBeProtected(supergraphSdl)) return openGraph(hash);
  const document = parse(supergraphSdl, { noLocation: true });
  const types = new Reader(document).read();
  const isOpen = [...types.values()].every((type) => !type.requirement && [...type.fields.values()].every((field) => !field.requirement));
  return isOpen ? openGraph(hash) : { hash, isOpen, types, roots: rootsOf(document) };
}

const openGraph = (hash: string): ProtectedGraph => ({ hash, isOpen: true, types: new Map(), roots: new Map() });

/** Names of all policies that some element requires. */
export function policiesOf(graph: ProtectedGraph): ReadonlySet<string> {
  const all = [...graph.types.values()].flatMap((type) => [type.requirement, ...[...type.fields.values()].map((field) => field.requirement)]);
  return new Set(all.flatMap((requirement) => requirement?.policies.flat(2) ?? []));
}

function rootsOf(document: DocumentNode): ReadonlyMap<OperationTypeNode, string> {
  const named = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.operationTypes ?? []).map((root) => [root.operation, root.type.name.value] as const) : [],
  );
  return new Map(named);
}

interface Declared {
  readonly directives: ConstDirectiveNode[];
  readonly fields: FieldDefinitionNode[];
  readonly interfaces: Set<string>;
  isInterface: boolean;
}

class Reader {
  private readonly names: RightsNames;
  private readonly faults: string[] = [];
  private readonly declared = new Map<string, Declared>();

  constructor(document: DocumentNode) {
    this.names = rightsNames(document);
    for (const node of document.definitions) {
      const isNamed = 'name' in node && node.name !== undefined && node.kind !== Kind.DIRECTIVE_DEFINITION;
      if (!isNamed || !('directives' in node)) continue;
      const type = this.declared.get(node.name.value) ?? { directives: [], fields: [], interfaces: new Set<string>(), isInterface: false };
      this.declared.set(node.name.value, type);
      type.directives.push(...((node.directives ?? []) as readonly ConstDirectiveNode[]));
      switch (node.kind) {
        case Kind.INTERFACE_TYPE_DEFINITION:
        case Kind.INTERFACE_TYPE_EXTENSION:
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.OBJECT_TYPE_EXTENSION:
          type.isInterface ||= node.kind === Kind.INTERFACE_TYPE_DEFINITION;
          type.fields.push(...(node.fields ?? []));
          for (const { name } of node.interfaces ?? []) type.interfaces.add(name.value);
          break;
        default:
      }
    }
  }

  read(): Map<string, ProtectedType> {
    const own = new Map([...this.declared].map(([name, { directives }]) => [name, this.own(name, directives)]));
    const ofType = (name: string): Requirement | null => own.get(name) ?? null;
    const ofField = (type: string, field: FieldDefinitionNode): Requirement | null =>
      allOf([this.own(`${type}.${field.name.value}`, field.directives), ofType(namedType(field.type))]);
    const types = new Map<string, ProtectedType>();
    for (const [name, type] of this.declared) {
      if (type.fields.length === 0) continue;
      const implementers = type.isInterface ? [...this.declared].filter(([, other]) => other.interfaces.has(name)) : [];
      const fields = type.fields.map((field) => {
        const standing = implementers.flatMap(([other, { fields: its }]) => its.filter((f) => f.name.value === field.name.value).map((f) => ofField(other, f)));
        return [field.name.value, { requirement: allOf([ofField(name, field), ...standing]), returns: namedType(field.type), isList: isList(field.type) }] as const;
      });
      types.set(name, { requirement: ofType(name), implementers: allOf(implementers.map(([other]) => ofType(other))), fields: new Map(fields) });
    }
    if (this.faults.length > 0) throw new UnenforceableSupergraph([...new Set(this.faults)]);
    return types;
  }

  private own(coordinate: string, directives: readonly ConstDirectiveNode[] = []): Requirement | null {
    const { authenticated, policy, requiresScopes } = this.names;
    const ours = directives.filter(({ name }) => name.value === authenticated || name.value === policy || name.value === requiresScopes);
    return allOf(ours.map(({ arguments: given, name: { value: name } }) => ({
      authenticated: name === authenticated,
      scopes: name === requiresScopes ? this.alternatives(coordinate, name, given?.find((a) => a.name.value === 'scopes')) : [],
      policies: name === policy ? this.alternatives(coordinate, name, given?.find((a) => a.name.value === 'policies')) : [],
    })));
  }

  private alternatives(coordinate: string, directive: string, given: NonNullable<ConstDirectiveNode['arguments']>[number] | undefined): Alternatives[] {
    const value: unknown = given && valueFromASTUntyped(given.value);
    if (isAlternatives(value)) return [value.map((set) => [...new Set(set)].sort())];
    this.faults.push(`${coordinate}: @${directive} without alternatives, which nobody could meet`);
    return [];
  }
}

const isAlternatives = (value: unknown): value is Alternatives =>
  Array.isArray(value) && value.length > 0 && value.every((set) => Array.isArray(set) && set.every((name) => typeof name === 'string'));

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

const isList = (type: TypeNode): boolean => (type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE);
