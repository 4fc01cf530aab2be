import fc from 'fast-check';
import {
  type DirectiveNode, type DocumentNode, getNamedType, type GraphQLCompositeType, type GraphQLObjectType, type GraphQLSchema, isAbstractType, isCompositeType,
  isObjectType, Kind, type OperationDefinitionNode, parse, type SelectionSetNode, specifiedRules, validate, type ValueNode,
} from 'graphql';
import { keyOf } from '../federation/fetch-shape';
import { filterDocument } from './filter-document';
import { authorizationOf } from './operation-needs';
import { readProtectedGraph } from './protected-graph';
import type { Grants } from './requirement';
import { apiSchema, brief, everything, olderSupergraph, operationOf, supergraph } from './testing/protected-world';
import { fragmentsOf } from '../documents/fragments';

// What each object type, leaf and field of an object type requires, read a second time and without interfaces: an object is what it is.
const directives = new Map<string, readonly DirectiveNode[]>();
for (const node of parse(supergraph).definitions) {
  if (node.kind === Kind.OBJECT_TYPE_DEFINITION) {
    directives.set(node.name.value, node.directives ?? []);
    for (const field of node.fields ?? []) directives.set(`${node.name.value}.${field.name.value}`, field.directives ?? []);
  } else if (node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.SCALAR_TYPE_DEFINITION) directives.set(node.name.value, node.directives ?? []);
}

const texts = (value: ValueNode | undefined): string[][] =>
  value?.kind === Kind.LIST ? value.values.map((set) => (set.kind === Kind.LIST ? set.values.map((v) => (v.kind === Kind.STRING ? v.value : '')) : [])) : [];

function isOpen(coordinate: string, grants: Grants): boolean {
  return (directives.get(coordinate) ?? []).every(({ arguments: given, name }) => {
    if (name.value === 'authenticated') return grants.authenticated;
    if (name.value !== 'requiresScopes' && name.value !== 'policy') return true;
    const held = name.value === 'policy' ? grants.policies : grants.scopes;
    return texts(given?.[0]?.value).some((set) => set.every((one) => held.has(one)));
  });
}

/** What an answer could hold of what is protected, whatever the types of the objects in it turn out to be. */
function reached(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, grants: Grants): string[] {
  const fragments = fragmentsOf(document);
  const found: string[] = [];
  const needs = (coordinate: string): void => void (isOpen(coordinate, grants) || found.push(coordinate));
  const collect = (set: SelectionSetNode, type: GraphQLObjectType, into: Map<string, { name: string; below: SelectionSetNode[] }>): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        const field = into.get(keyOf(node)) ?? { name: node.name.value, below: [] };
        if (node.selectionSet) field.below.push(node.selectionSet);
        into.set(keyOf(node), field);
        continue;
      }
      const part = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      const condition = part?.typeCondition && schema.getType(part.typeCondition.name.value);
      if (part && (!condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type)))) collect(part.selectionSet, type, into);
    }
  };
  const object = (sets: readonly SelectionSetNode[], type: GraphQLObjectType, isNamed: boolean): void => {
    const fields = new Map<string, { name: string; below: SelectionSetNode[] }>();
    for (const set of sets) collect(set, type, fields);
    const real = [...fields.values()].filter(({ name }) => !name.startsWith('__'));
    if (isNamed || real.length > 0) needs(type.name);
    for (const { below, name } of real) {
      needs(`${type.name}.${name}`);
      const returns = getNamedType(type.getFields()[name]?.type);
      if (isCompositeType(returns)) any(below, returns);
      else if (returns) needs(returns.name);
    }
  };
  const any = (sets: readonly SelectionSetNode[], type: GraphQLCompositeType): void => {
    if (isObjectType(type)) object(sets, type, true);
    else for (const possible of schema.getPossibleTypes(type)) object(sets, possible, false);
  };
  const root = schema.getRootType(operation.operation);
  if (root) any([operation.selectionSet], root);
  return found;
}

/** A document drawn from a tape of numbers: fragments of both kinds, aliases, conditions on types that may hold. */
function draw(tape: readonly number[]): string {
  let at = 0;
  let names = 0;
  const next = (below: number): number => (tape[at++] ?? 0) % below;
  const definitions: string[] = [];
  const composites = Object.values(apiSchema.getTypeMap()).filter((t): t is GraphQLCompositeType => isCompositeType(t) && !t.name.startsWith('__'));
  const overlaps = (a: GraphQLCompositeType, b: GraphQLCompositeType): boolean => possible(a).some((t) => possible(b).includes(t));
  const possible = (t: GraphQLCompositeType): readonly GraphQLObjectType[] => (isAbstractType(t) ? apiSchema.getPossibleTypes(t) : [t]);
  const set = (type: GraphQLCompositeType, depth: number): string => {
    const parts = Array.from({ length: 1 + next(3) }, () => part(type, depth));
    return `{ ${parts.join(' ')} }`;
  };
  const part = (type: GraphQLCompositeType, depth: number): string => {
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const kind = depth <= 0 ? 0 : next(5);
    if (kind >= 3 || (kind > 0 && fields.length === 0)) {
      const conditions = composites.filter((one) => overlaps(type, one));
      const condition = conditions[next(conditions.length)] ?? type;
      const form = next(3);
      if (form === 0) return `... ${set(type, depth - 1)}`;
      if (form === 1) return `... on ${condition.name} ${set(condition, depth - 1)}`;
      const name = `F${names++}`;
      definitions.push(`fragment ${name} on ${condition.name} ${set(condition, depth - 1)}`);
      return next(2) === 0 ? `...${name}` : `...${name} ...${name}`;
    }
    const field = fields[next(Math.max(1, fields.length))];
    const leafOnly = depth <= 0 && field && isCompositeType(getNamedType(field.type));
    if (!field || leafOnly || next(8) === 0) return `k${names++}: __typename`;
    const required = field.args.some((a) => a.name === 'id') ? '(id: 1)' : '';
    const returns = getNamedType(field.type);
    return `k${names++}: ${field.name}${required}${isCompositeType(returns) ? ` ${set(returns, depth - 1)}` : ''}`;
  };
  const root = [apiSchema.getQueryType(), apiSchema.getQueryType(), apiSchema.getMutationType()][next(3)];
  if (!root) throw new Error('no root');
  const body = set(root, 6);
  return `${root === apiSchema.getMutationType() ? 'mutation' : 'query'} ${body} ${definitions.join(' ')}`;
}

const documents = fc.array(fc.nat(1_000), { minLength: 5, maxLength: 120 }).map(draw);
const some = (names: ReadonlySet<string>) => fc.subarray([...names]).map((held) => new Set(held));
const readers: fc.Arbitrary<Grants> = fc.record({ authenticated: fc.boolean(), scopes: some(everything.scopes), policies: some(everything.policies) });
const graphs = [readProtectedGraph(olderSupergraph), readProtectedGraph(supergraph)];

describe('a filtered document', () => {
  it('reaches nothing that its reader may not have, stays valid, and stays as it is when filtered again', () => {
    const seen = { whole: 0, part: 0, none: 0 };
    fc.assert(
      fc.property(documents, readers, fc.constantFrom(...graphs), (text, grants, graph) => {
        const document = parse(text);
        expect(validate(apiSchema, document, specifiedRules)).toEqual([]);
        const operation = operationOf(document);
        const filtered = filterDocument(graph, document, operation, grants);
        seen[filtered.document === document ? 'whole' : filtered.document ? 'part' : 'none']++;
        expect(filtered.errors.length > 0).toBe(filtered.document !== document);
        if (!filtered.document || !filtered.operation) return;
        expect(validate(apiSchema, filtered.document, specifiedRules)).toEqual([]);
        expect(reached(apiSchema, filtered.document, filtered.operation, grants)).toEqual([]);
        expect(filterDocument(graph, filtered.document, filtered.operation, grants)).toMatchObject({ errors: [] });
        expect(filterDocument(graph, filtered.document, filtered.operation, grants).document).toBe(filtered.document);
      }),
      { numRuns: 1_500, seed: 20261122 },
    );
    // The generator must bring all three, or the property says little.
    expect(Math.min(seen.whole, seen.part, seen.none)).toBeGreaterThan(100);
  });

  it('is the given one for who has everything, and depends on nothing that the operation does not need', () => {
    fc.assert(
      fc.property(documents, readers, fc.constantFrom(...graphs), (text, grants, graph) => {
        const document = parse(text);
        const operation = operationOf(document);
        expect(filterDocument(graph, document, operation, everything).document).toBe(document);
        const needs = authorizationOf(graph, document, operation);
        const needed: Grants = {
          authenticated: grants.authenticated && needs?.authenticated === true,
          scopes: new Set([...grants.scopes].filter((scope) => needs?.scopes.includes(scope))),
          policies: new Set([...grants.policies].filter((policy) => needs?.policies.includes(policy))),
        };
        expect(brief(filterDocument(graph, document, operation, needed).document)).toBe(brief(filterDocument(graph, document, operation, grants).document));
        if (!needs) expect(filterDocument(graph, document, operation, grants).document).toBe(document);
      }),
      { numRuns: 500, seed: 20261122 },
    );
  });
});
