import { Supergraph } from '@apollo/federation-internals';
import {
  type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode, isInterfaceType, isObjectType, Kind, parse, visit,
} from 'graphql';
import { readProtectedGraph } from './authorization/protected-graph';
import { stripSecurity } from './authorization/security-features';

interface Subgraph {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

interface Entity {
  readonly keyFields: ReadonlySet<string>;
  readonly fields: readonly FieldDefinitionNode[];
}

/** Imported under its own name or written with the prefix of the specification. */
const isCalled = (directive: ConstDirectiveNode, name: string): boolean =>
  directive.name.value === name || directive.name.value === `federation__${name}`;

const argument = (directive: ConstDirectiveNode, name: string): string | null => {
  const value = directive.arguments?.find((a) => a.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : null;
};

/**
 * Rules that composition does not know.
 *
 * - No `@requires` with an argument on a field: with two values for one argument the executor passes on the wrong one.
 * - A field of an entity that several services know is nullable, its key apart: the outage of its owner must cost this
 *   field and not the answers of the others.
 * - A field of `Query` is nullable: otherwise the outage of one service takes the answers of the others with it.
 *
 * @returns one line per fault
 */
export function lintSubgraphs(subgraphs: readonly Subgraph[]): string[] {
  return [...subgraphs.flatMap(requiresWithArguments), ...subgraphs.flatMap(nonNullRoots), ...nonNullContributions(subgraphs)];
}

/**
 * A public tag on an entity would make every field of it public, those added later included: entities are tagged field by field.
 *
 * @returns one line per fault
 */
export function lintPublicTags(subgraphs: readonly Subgraph[], tag: string): string[] {
  return subgraphs.flatMap(({ name, typeDefs }) =>
    typeDefs.definitions.flatMap((node) => {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
      const tagged = node.directives?.some((d) => isCalled(d, 'tag') && argument(d, 'name') === tag);
      const entity = node.directives?.some((d) => isCalled(d, 'key'));
      return tagged && entity ? [`PUBLIC_TAG_ON_ENTITY: ${name}: ${node.name.value} has a key; tag its fields one by one`] : [];
    }),
  );
}

/**
 * Nothing that a client of the public contract can name may ask for a token, a scope or a policy: it would be public in name
 * and refused to everybody. Read from the composed contract, where rights have come together from all services.
 *
 * @param contract - supergraph of the public contract
 * @returns one line per fault
 */
export function lintPublicRights(contract: string): string[] {
  const graph = readProtectedGraph(contract);
  if (graph.isOpen) return [];
  const fault = (coordinate: string): string => `AUTH_ON_PUBLIC: ${coordinate} is public and needs rights`;
  const api = Supergraph.build(stripSecurity(contract).sdl, { validateSupergraph: false }).apiSchema().toGraphQLJSSchema();
  return Object.values(api.getTypeMap()).flatMap((type) => {
    const found = graph.types.get(type.name);
    if (!found || (!isObjectType(type) && !isInterfaceType(type))) return [];
    const fields = Object.keys(type.getFields()).filter((name) => found.fields.get(name)?.requirement);
    return [...(found.requirement || found.implementers ? [fault(type.name)] : []), ...fields.map((name) => fault(`${type.name}.${name}`))];
  });
}

function requiresWithArguments({ name, typeDefs }: Subgraph): string[] {
  const faults: string[] = [];
  let type = '';
  visit(typeDefs, {
    ObjectTypeDefinition: (node) => void (type = node.name.value),
    ObjectTypeExtension: (node) => void (type = node.name.value),
    FieldDefinition: (node) => {
      for (const directive of node.directives ?? []) {
        if (isCalled(directive, 'requires') && selectsWithArguments(argument(directive, 'fields') ?? '')) {
          faults.push(`REQUIRES_WITH_ARGUMENTS: ${name}: ${type}.${node.name.value} requires a field with arguments`);
        }
      }
    },
  });
  return faults;
}

function nonNullRoots({ name, typeDefs }: Subgraph): string[] {
  return typeDefs.definitions.flatMap((node) =>
    (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) && node.name.value === 'Query'
      ? (node.fields ?? []).filter((f) => f.type.kind === Kind.NON_NULL_TYPE && !f.name.value.startsWith('_'))
          .map((f) => `NON_NULL_ROOT: ${name}: Query.${f.name.value} must be nullable`)
      : [],
  );
}

function selectsWithArguments(fields: string): boolean {
  let found = false;
  visit(parse(`{${fields}}`), { Field: (node) => void (found ||= (node.arguments?.length ?? 0) > 0) });
  return found;
}

function nonNullContributions(subgraphs: readonly Subgraph[]): string[] {
  const entities = subgraphs.map((subgraph) => ({ name: subgraph.name, types: entitiesOf(subgraph.typeDefs) }));
  return entities.flatMap(({ name, types }) =>
    [...types].flatMap(([type, { keyFields, fields }]) => {
      const elsewhere = entities.filter((other) => other.name !== name && other.types.has(type));
      if (elsewhere.length === 0) return [];
      return fields
        .filter((field) => field.type.kind === Kind.NON_NULL_TYPE && !keyFields.has(field.name.value))
        .filter((field) => !field.directives?.some((d) => isCalled(d, 'external')))
        .map((field) => `NON_NULL_CONTRIBUTION: ${name}: ${type}.${field.name.value} must be nullable, ${elsewhere.map((e) => e.name).join(', ')} know ${type} too`);
    }),
  );
}

function entitiesOf(typeDefs: DocumentNode): Map<string, Entity> {
  const found = new Map<string, { keyFields: Set<string>; fields: FieldDefinitionNode[] }>();
  for (const node of typeDefs.definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const entity = found.get(node.name.value) ?? { keyFields: new Set<string>(), fields: [] };
    found.set(node.name.value, entity);
    entity.fields.push(...(node.fields ?? []));
    for (const directive of node.directives ?? []) {
      if (isCalled(directive, 'key')) for (const name of topLevelNames(argument(directive, 'fields') ?? '')) entity.keyFields.add(name);
    }
  }
  return new Map([...found].filter(([, { keyFields }]) => keyFields.size > 0));
}

function topLevelNames(fields: string): string[] {
  const [operation] = parse(`{${fields}}`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections.flatMap((s) => (s.kind === Kind.FIELD ? [s.name.value] : []));
}
