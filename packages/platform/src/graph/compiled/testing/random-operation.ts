import {
  getNamedType, type GraphQLArgument, type GraphQLCompositeType, type GraphQLField, type GraphQLInputType, type GraphQLSchema, isAbstractType,
  isCompositeType, isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredArgument, isRequiredInputField, isUnionType, OperationTypeNode,
} from 'graphql';
import type { Chance } from './chance';

export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An operation on a schema with everything that decides what is selected: aliases, fragments, repeated fields, conditions, variables. */
export function randomOperation(schema: GraphQLSchema, kind: OperationTypeNode, chance: Chance, depth = 5): RandomOperation {
  const root = schema.getRootType(kind);
  if (!root) throw new RangeError(`no ${kind}`);
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const fragments: { readonly on: GraphQLCompositeType; readonly text: string; readonly name: string }[] = [];

  const declare = (type: GraphQLInputType | string, value: unknown): string => {
    const name = `v${declared.length}`;
    declared.push(`$${name}: ${String(type)}`);
    if (value !== undefined) variables[name] = value;
    return name;
  };
  const condition = (): string => {
    if (chance.is(0.85)) return '';
    const word = chance.is(0.5) ? 'skip' : 'include';
    if (chance.is(0.3)) return ` @${word}(if: ${chance.is(0.5)})`;
    return ` @${word}(if: $${declare(chance.is(0.2) ? 'Boolean = true' : 'Boolean!', chance.is(0.5))})`;
  };
  const argument = (arg: GraphQLArgument): string => {
    if (!isRequiredArgument(arg) && chance.is(0.7)) return '';
    return `${arg.name}: $${declare(arg.type, inputOf(arg.type, chance, 3))}`;
  };
  const field = (own: GraphQLField<unknown, unknown>, left: number): string => {
    const type = getNamedType(own.type);
    if (isCompositeType(type) && left === 0) return '__typename';
    const args = own.args.map(argument).filter((text) => text !== '').join(', ');
    // An alias of its own wherever arguments could conflict.
    const alias = args !== '' || chance.is(0.1) ? `${chance.is(0.05) ? '__proto__' : `a${chance.upTo(1e6)}_${own.name}`}: ` : '';
    return `${alias}${own.name}${args === '' ? '' : `(${args})`}${condition()}${isCompositeType(type) ? selection(type, left - 1) : ''}`;
  };
  const selection = (type: GraphQLCompositeType, left: number): string => {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const parts = Array.from({ length: 1 + chance.upTo(left > 3 ? 6 : 5) }, (): string => {
      const own = fields.length > 0 ? chance.pick(fields) : null;
      if (chance.is(0.08)) return `__typename${condition()}`;
      if (chance.is(0.1) && left > 0) return `...${condition()}${selection(type, left - 1)}`;
      if (isAbstractType(type)) {
        const possible = chance.pick(schema.getPossibleTypes(type));
        return `... on ${possible.name}${condition()}${selection(possible, Math.max(0, left - 1))}`;
      }
      if (chance.is(0.1) && left > 0) {
        const known = fragments.filter(({ on }) => on === type);
        const fragment = known.length > 0 && chance.is(0.5) ? chance.pick(known) : null;
        if (fragment) return `...${fragment.name}${condition()}`;
        const text = selection(type, left - 1);
        const name = `F${fragments.length}`;
        fragments.push({ on: type, name, text });
        return `...${name}${condition()}`;
      }
      return own ? field(own, left) : '__typename';
    });
    return ` { ${parts.join(' ')} }`;
  };

  // A subscription has one field at its root, and that without conditions.
  const body = kind === OperationTypeNode.SUBSCRIPTION
    ? ` { ${field(chance.pick(Object.values(root.getFields())), depth).replace(/^([^@{]*?)( @\w+\(if: [^)]*\))/, '$1')} }`
    : selection(root, depth);
  const head = declared.length > 0 ? `(${declared.join(', ')})` : '';
  return { query: `${kind}${head}${body}\n${fragments.map(({ name, on, text }) => `fragment ${name} on ${on.name}${text}`).join('\n')}`, variables };
}

/** Mostly a value of the type; now and then another. */
function inputOf(type: GraphQLInputType, chance: Chance, depth: number): unknown {
  if (chance.is(0.02)) return chance.pick([null, 'wrong', 1.5, {}, [[]]]);
  if (isNonNullType(type)) return inputOf(type.ofType, chance, depth);
  if (isListType(type)) return Array.from({ length: chance.upTo(3) }, () => inputOf(type.ofType as GraphQLInputType, chance, depth));
  if (isEnumType(type)) return chance.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((own) => isRequiredInputField(own) || (depth > 0 && chance.is(0.3)));
    return Object.fromEntries(fields.map((own) => [own.name, inputOf(own.type, chance, depth - 1)]));
  }
  switch (type.name) {
    case 'Int': case 'Fen': return chance.upTo(100);
    case 'Float': return chance.next();
    case 'Boolean': return chance.is(0.5);
    case 'Date': return '2026-02-28';
    case 'DateTime': return '2026-02-28T08:00:00+08:00';
    case '_Any': return { __typename: 'Case', id: 'x' };
    default: return `text ${chance.upTo(9)}`;
  }
}
