import {
  type FieldNode, getArgumentValues, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isLeafType, isNonNullType,
  type GraphQLResolveInfo, SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef,
} from 'graphql';
import { type Asked, compileComplete, type Select } from './complete';
import { failed, isPromise, type Path, type Run, settle } from './run';

/** A field of a selection, ready to run on any object of its type. */
export interface Field {
  /** Its name in the answer. */
  readonly key: string;
  run(run: Run, source: unknown, parentPath: Path | undefined): unknown;
}

function definitionOf(schema: GraphQLSchema, parent: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (schema.getQueryType() === parent) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return parent.getFields()[name];
}

/** @returns null for a field that the type does not have: like the reference, execution passes over it */
export function compileField(schema: GraphQLSchema, parent: GraphQLObjectType, key: string, nodes: readonly FieldNode[], select: Select): Field | null {
  const node = nodes[0] as FieldNode;
  const definition = definitionOf(schema, parent, node.name.value);
  if (!definition) return null;
  if (definition === TypeNameMetaFieldDef) return { key, run: () => parent.name };
  const { name, resolve, type } = definition;
  const asked: Asked = {
    parent, name, nodes, select,
    info: ({ contextValue: _context, faults: _faults, operation, rootValue, selecting, variableValues }, path): GraphQLResolveInfo => ({
      fieldName: name, fieldNodes: nodes, returnType: type, parentType: parent, path, schema, fragments: selecting.fragments, rootValue, operation,
      variableValues: variableValues as Record<string, unknown>,
    }),
  };
  const argumentsOf = (run: Run): Record<string, unknown> => (definition.args.length === 0 ? {} : getArgumentValues(definition, node, run.variableValues as Record<string, unknown>));
  const place = { nodes, nonNull: isNonNullType(type) };
  const complete = compileComplete(type, asked);
  const typename = parent.name;

  const read = resolve
    ? (run: Run, source: unknown, path: Path): unknown => resolve(source, argumentsOf(run), run.contextValue, asked.info(run, path))
    : (run: Run, source: unknown, path: Path): unknown => {
        // Arguments are read though a plain property needs none: a required one that is missing is an error all the same.
        const args = definition.args.length === 0 ? null : argumentsOf(run);
        if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined;
        const value = (source as Record<string, unknown>)[name];
        return typeof value === 'function' ? (source as Record<string, Method>)[name]?.(args ?? {}, run.contextValue, asked.info(run, path)) : value;
      };
  const general = (run: Run, source: unknown, prev: Path | undefined): unknown => {
    const path: Path = { prev, key, typename };
    try {
      const value = read(run, source, path);
      if (isPromise(value)) return settle(run, value, complete, place, path);
      const completed = complete(run, value, path);
      return isPromise(completed) ? completed.then(undefined, (cause: unknown) => failed(run, place, cause, path)) : completed;
    } catch (cause) {
      return failed(run, place, cause, path);
    }
  };
  const bare = isNonNullType(type) ? type.ofType : type;
  if (resolve || definition.args.length > 0 || !isLeafType(bare)) return { key, run: general };

  // A plain property with a plain value is most of every answer: it needs a path only if something is wrong.
  return {
    key,
    run: (run, source, prev) => {
      if (typeof source !== 'object' || source === null) return general(run, source, prev);
      let value: unknown;
      try {
        value = (source as Record<string, unknown>)[name];
        if (typeof value === 'function') value = (source as Record<string, Method>)[name]?.({}, run.contextValue, asked.info(run, { prev, key, typename }));
        if (!isPromise(value)) return complete(run, value, none);
      } catch (cause) {
        return failed(run, place, cause, { prev, key, typename });
      }
      return settle(run, value, complete, place, { prev, key, typename });
    },
  };
}

type Method = (args: object, context: unknown, info: GraphQLResolveInfo) => unknown;
/** For the completion of leaves, which have nothing below them. */
const none: Path = { prev: undefined, key: '', typename: undefined };
