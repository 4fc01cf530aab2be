import {
  type GraphQLArgument, type GraphQLCompositeType, type GraphQLField, type GraphQLInputType, GraphQLNonNull, GraphQLString, getNamedType,
  isCompositeType, isNonNullType, isObjectType, isRequiredArgument, isUnionType,
} from 'graphql';
import type { Tape } from './random';
import { type FieldUse, type FragmentUse, keyOf, Scope, type Selection } from './scope';
import type { TypeFacts } from './type-facts';
import { inputValue, literal } from './values';

export interface GeneratedOperation {
  readonly text: string;
  readonly operationName: string | null;
  /** Several, to run the same operation with. */
  readonly variables: readonly Readonly<Record<string, unknown>>[];
}

interface Variable {
  readonly type: string;
  readonly fallback: string | null;
  readonly values: readonly unknown[];
}

const fieldsAtMost = 22;
const variableSets = 2;
const typenameType = new GraphQLNonNull(GraphQLString);
const introspections = [
  '__schema { queryType { name } mutationType { name } }',
  '__type(name: "Book") { kind name fields { name type { kind } } }',
  'nothing: __type(name: "Nothing") { name }',
  'meta: __schema { types @skip(if: true) { name } __typename }',
];
/** None of them is part of a key: the planner does not look out for a client that gives another field the name of one. */
const aliases = ['a', 'b', 'c', 'title', 'note', 'valueOf', 'toString', '__x'];

/** Writes an operation that is valid against the schema; which one, the tape decides. */
export class OperationWriter {
  private readonly scope = new Scope();
  private readonly named: FragmentUse[] = [];
  private readonly variables = new Map<string, Variable>();
  private fields = 0;

  constructor(
    private readonly facts: TypeFacts,
    private readonly tape: Tape,
    /** How deep fields may be nested. */
    private readonly depth: number,
  ) {}

  write(): GeneratedOperation {
    const { facts: { schema }, tape } = this;
    const mutation = tape.chance(15) ? schema.getMutationType() : null;
    const root = mutation ?? schema.getQueryType();
    if (!root) throw new RangeError('a schema without queries');
    const selections = this.selections(root, '', this.depth);
    const introspection = !mutation && tape.chance(8) ? ` ${tape.pick(introspections)}` : '';
    const name = tape.chance(30) ? 'Main' : null;
    const fragments = this.named.map((f) => `fragment ${f.name} on ${f.on?.name} { ${f.below.map(text).join(' ')} }`);
    const body = `{ ${selections.map(text).join(' ')}${introspection} }`;
    // A field that was not accepted may have left its variables behind.
    const used = [...this.variables].filter(([key]) => new RegExp(`\\$${key}\\b`).test([body, ...fragments].join(' ')));
    const definitions = used.map(([key, { fallback, type }]) => `$${key}: ${type}${fallback === null ? '' : ` = ${fallback}`}`);
    const head = `${mutation ? 'mutation' : 'query'} ${name ?? ''}${definitions.length > 0 ? `(${definitions.join(', ')})` : ''}`;
    const other = name !== null && tape.chance(40) ? ['query Other { __typename }'] : [];
    return {
      text: [`${head} ${body}`, ...fragments, ...other].join('\n'),
      operationName: other.length > 0 ? name : null,
      variables: Array.from({ length: variableSets }, (_, i) =>
        Object.fromEntries(used.flatMap(([key, { values }]) => (values[i] === undefined ? [] : [[key, values[i]]]))),
      ),
    };
  }

  private selections(parent: GraphQLCompositeType, path: string, depth: number): readonly Selection[] {
    const found: Selection[] = [];
    const wanted = this.fields > fieldsAtMost ? 1 : 1 + this.tape.below(5);
    for (let i = 0; i < wanted; i++) {
      const selection = this.tape.chance(25) ? this.fragment(parent, path, depth) : this.field(parent, path, depth);
      if (selection) found.push(selection);
    }
    return found.length > 0 ? found : [this.typename(parent, path)];
  }

  private typename(parent: GraphQLCompositeType, path: string): FieldUse {
    const alias = this.tape.chance(30) ? this.tape.pick(['kind', 'type', 'a']) : null;
    const field: FieldUse = { kind: 'field', alias, name: '__typename', parent, type: typenameType, args: '', directives: '', below: null };
    const use = this.scope.accepts(path, field) ? field : { ...field, alias: null };
    this.scope.add(path, use);
    return use;
  }

  private field(parent: GraphQLCompositeType, path: string, depth: number): FieldUse | null {
    if (isUnionType(parent) || this.tape.chance(8) || ++this.fields > fieldsAtMost) return this.typename(parent, path);
    const { branches, leaves } = this.facts.of(parent);
    const deeper = depth > 0 && branches.length > 0 && (leaves.length === 0 || this.tape.chance(55));
    const candidates = deeper ? branches : leaves;
    if (candidates.length === 0) return this.typename(parent, path);
    const definition = this.tape.pick(candidates);
    const use = this.use(parent, definition);
    if (!this.scope.accepts(path, use)) return null;
    this.scope.add(path, use);
    const named = getNamedType(definition.type);
    return isCompositeType(named) ? { ...use, below: this.selections(named, `${path}.${keyOf(use)}`, depth - 1) } : use;
  }

  private use(parent: GraphQLCompositeType, { args, name, type }: GraphQLField<unknown, unknown>): FieldUse {
    const alias = this.tape.chance(20) ? this.tape.pick(aliases) : null;
    const given = args.filter((arg) => isRequiredArgument(arg) || this.tape.chance(45)).map((arg) => this.argument(arg));
    return { kind: 'field', alias, name, parent, type, args: given.length > 0 ? `(${given.join(', ')})` : '', directives: this.directives(12), below: null };
  }

  private argument({ defaultValue, name, type }: GraphQLArgument): string {
    if (!this.tape.chance(35)) return `${name}: ${literal(inputValue(type, this.tape), type)}`;
    const [known] = [...this.variables].filter(([, v]) => v.type === String(type));
    if (known && this.tape.chance(40)) return `${name}: $${known[0]}`;
    return `${name}: $${this.variable(type, defaultValue)}`;
  }

  private variable(type: GraphQLInputType, known: unknown): string {
    const { tape } = this;
    const name = tape.pick(['v', 'w', 'representations2']) + String(this.variables.size);
    const fallback = tape.chance(40) ? literal(inputValue(new GraphQLNonNull(isNonNullType(type) ? type.ofType : type), tape), type) : null;
    const optional = fallback !== null || !isNonNullType(type) || known !== undefined;
    const values = Array.from({ length: variableSets }, () => (optional && (!isNonNullType(type) || fallback !== null) && tape.chance(25) ? undefined : inputValue(type, tape)));
    this.variables.set(name, { type: String(type), fallback, values });
    return name;
  }

  private directives(percent: number): string {
    const one = (name: string): string => (this.tape.chance(percent) ? ` @${name}(if: ${this.condition()})` : '');
    return one('include') + one('skip');
  }

  private condition(): string {
    const { tape } = this;
    if (tape.chance(25)) return tape.pick(['true', 'false']);
    const name = tape.pick(['yes', 'no', 'sure', 'maybe', 'perhaps']);
    if (!this.variables.has(name)) {
      const [type, fallback] = tape.pick([['Boolean!', null], ['Boolean!', 'true'], ['Boolean', 'false'], ['Boolean', 'true']] as const);
      const values = Array.from({ length: variableSets }, () => (fallback !== null && tape.chance(40) ? undefined : tape.chance(50)));
      this.variables.set(name, { type, fallback, values });
    }
    return `$${name}`;
  }

  private fragment(parent: GraphQLCompositeType, path: string, depth: number): FragmentUse | null {
    const { tape } = this;
    const directives = this.directives(18);
    const { overlapping } = this.facts.of(parent);
    const [known] = this.named.filter(({ on }) => on && overlapping.has(on));
    if (known && tape.chance(50) && this.scope.addAll(path, known.below)) {
      this.fields += 3;
      return { ...known, directives };
    }
    const candidates = [...overlapping];
    const objects = candidates.filter((type) => isObjectType(type));
    const on = !isObjectType(parent) && tape.chance(50) ? tape.pick(objects) : tape.pick([parent, ...candidates]);
    const named = tape.chance(40);
    const below = this.selections(on, path, depth);
    if (!named) return { kind: 'fragment', name: null, on: on === parent && tape.chance(30) ? null : on, directives, below };
    const fragment: FragmentUse = { kind: 'fragment', name: `F${this.named.length}`, on, directives: '', below };
    this.named.push(fragment);
    return { ...fragment, directives };
  }
}

function text(selection: Selection): string {
  if (selection.kind === 'field') {
    const { alias, args, below, directives, name } = selection;
    return `${alias === null ? '' : `${alias}: `}${name}${args}${directives}${below ? ` { ${below.map(text).join(' ')} }` : ''}`;
  }
  if (selection.name !== null) return `...${selection.name}${selection.directives}`;
  return `...${selection.on ? ` on ${selection.on.name}` : ''}${selection.directives} { ${selection.below.map(text).join(' ')} }`;
}
