import {
  defaultTypeResolver, type FieldNode, type GraphQLAbstractType, GraphQLBoolean, GraphQLError, GraphQLID, type GraphQLLeafType, type GraphQLList, type GraphQLObjectType,
  type GraphQLOutputType, type GraphQLResolveInfo, GraphQLString, isAbstractType, isLeafType, isListType, isNonNullType, isObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect';
import { type Complete, failed, isPromise, type Path, type Run, settle } from './run';

/** The field that a value is completed for, as messages and type resolvers name it. */
export interface Asked {
  readonly parent: GraphQLObjectType;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly select: Select;
  info(run: Run, path: Path): GraphQLResolveInfo;
}

/** Fields of an object type, ready to run on any object of it. */
export interface Selected {
  run(run: Run, source: unknown, path: Path | undefined): unknown;
}

/** Works out what the given nodes select of a type. */
export type Select = (run: Run, type: GraphQLObjectType, nodes: readonly FieldNode[]) => Selected;

/** Turns what a resolver returned into its part of the answer, as the type says; throws what is wrong with it. */
export function compileComplete(type: GraphQLOutputType, asked: Asked): Complete {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isLeafType(bare)) return compileLeaf(bare, isNonNullType(type), asked);
  if (isNonNullType(type)) {
    const inner = compileComplete(type.ofType as GraphQLOutputType, asked);
    return (run, value, path) => {
      const completed = inner(run, value, path);
      if (completed === null) throw nullFor(asked);
      return completed;
    };
  }
  const some = compileSome(type, asked);
  return (run, value, path) => {
    if (value == null) return null;
    if (value instanceof Error) throw value;
    return some(run, value, path);
  };
}

function compileSome(type: GraphQLOutputType, asked: Asked): Complete {
  if (isListType(type)) return compileList(type, asked);
  if (isObjectType(type)) return compileObject(type, asked);
  if (isAbstractType(type)) return compileAbstract(type, asked);
  throw new TypeError(`no such output type: ${inspect(type)}`);
}

/** Kinds of values that their scalar passes through as they are. */
const passedOn = new Map<GraphQLLeafType, string>([[GraphQLString, 'string'], [GraphQLID, 'string'], [GraphQLBoolean, 'boolean']]);

function compileLeaf(type: GraphQLLeafType, nonNull: boolean, asked: Asked): Complete {
  const plain = passedOn.get(type);
  return (_run, value) => {
    if (typeof value === plain) return value;
    if (value == null) {
      if (nonNull) throw nullFor(asked);
      return null;
    }
    if (value instanceof Error) throw value;
    const serialized: unknown = type.serialize(value);
    if (serialized == null) {
      throw new Error(`Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`);
    }
    return serialized;
  };
}

const nullFor = ({ name, parent }: Asked): Error => new Error(`Cannot return null for non-nullable field ${parent.name}.${name}.`);

function compileList(type: GraphQLList<GraphQLOutputType>, asked: Asked): Complete {
  const place = { nodes: asked.nodes, nonNull: isNonNullType(type.ofType) };
  const complete = compileComplete(type.ofType, asked);
  const item = (run: Run, value: unknown, path: Path): unknown => {
    try {
      if (isPromise(value)) return settle(run, value, complete, place, path);
      const completed = complete(run, value, path);
      return isPromise(completed) ? completed.then(undefined, (cause: unknown) => failed(run, place, cause, path)) : completed;
    } catch (cause) {
      return failed(run, place, cause, path);
    }
  };
  return (run, value, prev) => {
    if (typeof value !== 'object' || typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] !== 'function') {
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${asked.parent.name}.${asked.name}".`);
    }
    const items: unknown[] = [];
    let pending = false;
    try {
      let key = 0;
      for (const one of value as Iterable<unknown>) {
        const completed = item(run, one, { prev, key, typename: undefined });
        pending ||= isPromise(completed);
        items.push(completed);
        key += 1;
      }
    } catch (cause) {
      // What the others still promise is waited for by nobody; its failure must not end the process.
      for (const completed of items) if (isPromise(completed)) completed.then(undefined, () => undefined);
      throw cause;
    }
    return pending ? Promise.all(items) : items;
  };
}

function compileObject(type: GraphQLObjectType, asked: Asked): Complete {
  const { isTypeOf } = type;
  let selection: Selected | undefined; // made when a value first needs it: most of what may be null is
  const fields = (run: Run, value: unknown, path: Path): unknown => (selection ??= asked.select(run, type, asked.nodes)).run(run, value, path);
  if (!isTypeOf) return fields;
  return (run, value, path) => {
    // As in the reference: what cannot be selected is told before what is of another type.
    selection ??= asked.select(run, type, asked.nodes);
    const checked = (is: boolean): unknown => {
      if (!is) throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes: asked.nodes });
      return fields(run, value, path);
    };
    const is = isTypeOf(value, run.contextValue, asked.info(run, path));
    return isPromise(is) ? is.then((known) => checked(known as boolean)) : checked(is as boolean);
  };
}

function compileAbstract(type: GraphQLAbstractType, asked: Asked): Complete {
  const byName = new Map<string, Complete>();
  const resolveType = type.resolveType ?? defaultTypeResolver;
  return (run, value, path) => {
    const complete = (name: unknown): unknown => {
      let known = typeof name === 'string' ? byName.get(name) : undefined;
      if (!known) {
        const found = possibleType(run, type, name, asked, value);
        byName.set(found.name, (known = compileObject(found, asked)));
      }
      return known(run, value, path);
    };
    const name: unknown = resolveType(value, run.contextValue, asked.info(run, path), type);
    return isPromise(name) ? name.then(complete) : complete(name);
  };
}

function possibleType(run: Run, type: GraphQLAbstractType, name: unknown, { nodes, name: fieldName, parent }: Asked, value: unknown): GraphQLObjectType {
  const field = `${parent.name}.${fieldName}`;
  if (name == null) {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${field}". Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  }
  if (typeof name !== 'string') {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${field}" with value ${inspect(value)}, received "${inspect(name)}".`,
    );
  }
  const found = run.selecting.schema.getType(name);
  if (!found) throw new GraphQLError(`Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`, { nodes });
  if (!isObjectType(found)) throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`, { nodes });
  if (!run.selecting.schema.isSubType(type, found)) {
    throw new GraphQLError(`Runtime Object type "${name}" is not a possible type for "${type.name}".`, { nodes });
  }
  return found;
}
