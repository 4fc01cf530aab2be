import type { FetchNode } from '@apollo/query-planner';
import {
  type ArgumentNode, type DocumentNode, type ExecutionResult, type FieldNode, type FragmentDefinitionNode, getArgumentValues, getNamedType, getVariableValues, GraphQLString,
  type GraphQLSchema, isObjectType, Kind, type OperationDefinitionNode, parse, print, visit,
} from 'graphql';
import { fragmentsOf, openedSelections } from '../documents/fragments';
import { keyOf } from './fetch-shape';

type Variables = Readonly<Record<string, unknown>>;

/** Where in the service's log a result stands. */
export interface Place {
  readonly cursor: string | null;
  readonly position: number | null;
}

/** How the stream of a live operation is opened, and opened again. */
export interface Resuming {
  /** The field takes `after`, and its events carry a `cursor`. */
  readonly resumable: boolean;
  /** The root field's name, and the key under which the client gets it. */
  readonly field: string;
  readonly key: string;
  /** What the service is sent. */
  readonly upstream: { readonly query: string; readonly document: DocumentNode; readonly operationName?: string };
  /** The cursor that the client comes with, and the variables that are left without it. */
  resume(variables: Variables): { readonly after: string | null; readonly variables: Variables };
  /** Variables of the service's operation, from a cursor on. */
  variablesFrom(variables: Variables, after: string | null): Variables;
  placeOf(result: ExecutionResult): Place;
}

const afterName = 'after';
const cursorName = 'cursor';
/** Names that no client uses by accident. */
const ownVariable = 'hub_after';
const ownKey = 'hub_cursor';

/**
 * @param clients - the client's document, valid
 * @param operation - of it, with one root field, which may stand in fragments
 */
export function resumingOf(schema: GraphQLSchema, clients: DocumentNode, operation: OperationDefinitionNode, primary: FetchNode): Resuming {
  const fragments = fragmentsOf(clients);
  const root = rootFieldOf(operation, fragments);
  const definition = schema.getSubscriptionType()?.getFields()[root.name.value];
  const type = definition && getNamedType(definition.type);
  const cursorField = isObjectType(type) ? type.getFields()[cursorName] : undefined;
  const takesAfter = definition?.args.some((arg) => arg.name === afterName && arg.type === GraphQLString) ?? false;
  const resumable = takesAfter && cursorField !== undefined && getNamedType(cursorField.type) === GraphQLString;
  const { operationName, variableUsages = [] } = primary;
  const original = primary.operationDocumentNode ?? parse(primary.operation, { noLocation: true });
  const document = resumable ? withOwnCursor(original) : original;
  const given = resumable ? root.arguments?.find((arg) => arg.name.value === afterName) : undefined;
  const only = given && onlyVariableOf(given, operation, fragments);
  const used = new Set(variablesIn(document));
  return {
    resumable,
    field: root.name.value,
    key: keyOf(root),
    upstream: { query: resumable ? print(document) : primary.operation, document, ...(operationName ? { operationName } : {}) },
    resume: (variables) => {
      if (!resumable || !definition) return { after: null, variables };
      // With the defaults of the operation: raw, a variable that was left out would be none at all.
      const { coerced = variables } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
      const after: unknown = getArgumentValues(definition, root, coerced)[afterName];
      const { [only ?? '']: _after, ...others } = variables;
      return { after: typeof after === 'string' ? after : null, variables: only ? others : variables };
    },
    variablesFrom: (variables, after) => ({
      ...Object.fromEntries(variableUsages.filter((name) => used.has(name) && variables[name] !== undefined).map((name) => [name, variables[name]])),
      ...(resumable ? { [ownVariable]: after } : {}),
    }),
    placeOf: (result) => placeOf(result),
  };
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function rootFieldOf({ selectionSet }: OperationDefinitionNode, fragments: Fragments): FieldNode {
  for (const node of openedSelections(selectionSet, fragments)) if (node.kind === Kind.FIELD) return node;
  throw new RangeError('a subscription without a root field');
}

/** The variable that gives `after` and nothing else. */
function onlyVariableOf({ value }: ArgumentNode, operation: OperationDefinitionNode, fragments: Fragments): string | undefined {
  if (value.kind !== Kind.VARIABLE) return undefined;
  // Fragments of other operations count as well: what is found too often is only shared less.
  const uses = [operation, ...fragments.values()].flatMap(({ selectionSet }) => variablesIn(selectionSet)).filter((name) => name === value.name.value);
  return uses.length === 1 ? value.name.value : undefined;
}

function variablesIn(node: DocumentNode | OperationDefinitionNode['selectionSet']): string[] {
  const names: string[] = [];
  visit(node, { VariableDefinition: () => false, Variable: ({ name }) => void names.push(name.value) });
  return names;
}

const name = (value: string) => ({ kind: Kind.NAME as const, value });

/** The same operation with a cursor of ours to start from, and each event's cursor among what it selects. */
function withOwnCursor(document: DocumentNode): DocumentNode {
  const changed = visit(document, {
    OperationDefinition: (operation) => ({
      ...operation,
      variableDefinitions: [
        ...(operation.variableDefinitions ?? []),
        {
          kind: Kind.VARIABLE_DEFINITION as const, variable: { kind: Kind.VARIABLE as const, name: name(ownVariable) },
          type: { kind: Kind.NAMED_TYPE as const, name: name(GraphQLString.name) },
        },
      ],
      selectionSet: { ...operation.selectionSet, selections: operation.selectionSet.selections.map((node) => (node.kind === Kind.FIELD ? fromOwnCursor(node) : node)) },
    }),
  });
  const used = new Set(variablesIn(changed));
  return visit(changed, { VariableDefinition: (definition) => (used.has(definition.variable.name.value) ? undefined : null) });
}

const fromOwnCursor = (field: FieldNode): FieldNode => ({
  ...field,
  arguments: [
    ...(field.arguments ?? []).filter((arg) => arg.name.value !== afterName),
    { kind: Kind.ARGUMENT, name: name(afterName), value: { kind: Kind.VARIABLE, name: name(ownVariable) } },
  ],
  ...(field.selectionSet
    ? { selectionSet: { ...field.selectionSet, selections: [{ kind: Kind.FIELD, alias: name(ownKey), name: name(cursorName) }, ...field.selectionSet.selections] } }
    : {}),
});

/** From the service's own word beside the answer, else from the cursor in it. */
function placeOf({ data, extensions }: ExecutionResult): Place {
  const { cursor, position } = record(extensions?.['place']);
  const [event] = Object.values(record(data));
  const selected = record(event)[ownKey];
  return {
    cursor: typeof cursor === 'string' ? cursor : typeof selected === 'string' ? selected : null,
    position: typeof position === 'number' ? position : null,
  };
}

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});
