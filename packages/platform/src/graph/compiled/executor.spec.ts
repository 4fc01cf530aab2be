import { buildSchema, execute, type ExecutionResult, type GraphQLFieldResolver, GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { OperationExecutor, type OperationArgs } from './executor';

const sdl = `
  interface Named { name: String }
  type Firm implements Named { name: String strict: String! owner: Person }
  type Person implements Named { name: String firms: [Firm!] }
  union Any = Firm | Person
  input Filter { name: String = "x" size: Int! }
  enum Colour { RED GREEN }
  type Query {
    firm(name: String, filter: Filter, colour: Colour = GREEN): Firm
    firms: [Firm!]!
    some(n: Int!): [Firm]
    any: [Any]
    named: Named
    text(of: String): String
  }
  type Mutation { first: Int second: Int! third: Int }
`;

type Resolvers = Readonly<Record<string, GraphQLFieldResolver<unknown, unknown>>>;

function schemaWith(resolvers: Readonly<Record<string, Resolvers>>): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const [type, fields] of Object.entries(resolvers)) {
    const own = (schema.getType(type) as { getFields(): Record<string, { resolve?: unknown }> }).getFields();
    for (const [name, resolve] of Object.entries(fields)) own[name]!.resolve = resolve;
  }
  return schema;
}

const told = ({ data, errors }: ExecutionResult) => ({
  data: JSON.stringify(data), errors: errors?.map(({ extensions, message, originalError, path }) => ({ message, path, extensions, originalError })),
});

/** Runs an operation twice compiled and once by graphql-js; all must say the same. */
async function compared(schema: GraphQLSchema, query: string, args: Omit<OperationArgs, 'document'> = {}) {
  const document = parse(query);
  const executor = new OperationExecutor(schema);
  const reference = told(await execute({ schema, ...args, document } as never));
  for (let i = 0; i < 2; i += 1) expect(told(await executor.execute({ ...args, document }))).toEqual(reference);
  return reference;
}

class Refused extends Error {
  readonly extensions = { code: 'REFUSED' };
}
const refuse = (): never => {
  throw new Refused('no');
};
const later = <T>(make: () => T, ms = 1): Promise<T> => new Promise((resolve, reject) => {
  setTimeout(() => {
    try {
      resolve(make());
    } catch (cause) {
      reject(cause as Error);
    }
  }, ms);
});

describe('a compiled operation', () => {
  it('reads properties, getters, methods and promises', async () => {
    class Owner {
      get name() { return 'getter'; }
      firms() { return new Set([{ name: later(() => 'promise'), strict: async () => later(() => 'method') }]); }
    }
    const { data } = await compared(schemaWith({}), '{ firm { name owner { name firms { name strict } } } }', { rootValue: { firm: { name: 1, owner: new Owner() } } });
    expect(data).toBe('{"firm":{"name":"1","owner":{"name":"getter","firms":[{"name":"promise","strict":"method"}]}}}');
  });

  it.each([
    ['a refusal thrown', refuse], ['a refusal promised', () => later(refuse)], ['an error returned', () => new Refused('no')], ['null', () => null],
    ['another type', () => ({ toString: 1 })], ['no error at all', () => { throw 'word'; }],
    ['an error that has its place', () => { throw new GraphQLError('placed', { path: ['elsewhere'] }); }],
  ])('bubbles %s up to what may be null', async (_, strict) => {
    const firms = [{ name: 'a', strict: 's' }, { name: 'b', strict }];
    const { data, errors } = await compared(schemaWith({}), '{ some(n: 1) { name strict } firm { owner { firms { strict } } } }', {
      rootValue: { some: firms, firm: { owner: { firms } } },
    });
    expect(data).toBe('{"some":[{"name":"a","strict":"s"},null],"firm":{"owner":{"firms":null}}}');
    expect(errors).toHaveLength(2);
    expect(await compared(schemaWith({}), '{ firms { strict } text }', { rootValue: { firms, text: 't' } })).toMatchObject({ data: 'null' });
  });

  it('gives a resolver its arguments, however they come', async () => {
    const seen: unknown[] = [];
    const schema = schemaWith({ Query: { firm: (_, args, context, info) => void seen.push(JSON.stringify(args), context, info.fieldName, info.path.key, info.returnType.toString()) } });
    const query = 'query($s: Int!, $f: Filter, $c: Colour = RED) { a: firm(name: "l", filter: { size: $s }) { name } firm(filter: $f, colour: $c) { name } }';
    await compared(schema, query, { variableValues: { s: 3, f: { size: 1, name: null } }, contextValue: 'who' });
    const once = ['{"name":"l","filter":{"name":"x","size":3},"colour":"GREEN"}', 'who', 'firm', 'a', 'Firm', '{"filter":{"name":null,"size":1},"colour":"RED"}', 'who', 'firm', 'firm', 'Firm'];
    expect(seen).toEqual([...once, ...once, ...once]);
    for (const variableValues of [{}, { s: 'three' }, { s: 1, f: {} }, { s: 1, f: { size: 1, more: 2 } }, { s: null }]) {
      const { errors } = await compared(schema, query, { variableValues });
      expect(errors!.length).toBeGreaterThan(0);
    }
  });

  it('takes the text of a query for text', async () => {
    // What a compiler that writes source once took for source: a literal made to look like its marker of a date.
    const hostile = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d0),x:(globalThis.owned=true';
    const schema = schemaWith({ Query: { text: (_, { of }: { of?: string }) => of } });
    expect(await compared(schema, `{ text(of: "${hostile}") }`)).toEqual({ data: JSON.stringify({ text: hostile }) });
    expect(globalThis).not.toHaveProperty('owned');
    const { data } = await compared(schema, '{ __proto__: text(of: "own key") constructor: text a: __typename }');
    expect(data).toBe('{"__proto__":"own key","constructor":null,"a":"Query"}');
  });

  it('selects by the conditions of each run, and by those of each place of a fragment', async () => {
    const query = 'query($i: Boolean!, $s: Boolean = false) { firm { ...F @include(if: $i) } some(n: 1) { ...F name @skip(if: $s) } } fragment F on Firm { strict }';
    const rootValue = { firm: { strict: 'f' }, some: [{ strict: 's', name: 'n' }] };
    const document = parse(query);
    const schema = schemaWith({});
    const executor = new OperationExecutor(schema);
    for (const variableValues of [{ i: true }, { i: false }, { i: true, s: true }, { i: false, s: null }, { i: true }, { i: false, s: true }]) {
      const result = told(await executor.execute({ document, rootValue, variableValues }));
      expect({ variableValues, ...result }).toEqual({ variableValues, ...told(await execute({ schema, document, rootValue, variableValues })) });
    }
    // More combinations than are kept: the oldest are worked out anew.
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const many = parse(`query(${names.map((n) => `$${n}: Boolean!`).join()}) { ${names.map((n) => `${n}: text @include(if: $${n})`).join(' ')} __typename }`);
    for (let bits = 0; bits < 2 ** names.length; bits += 1) {
      const variableValues = Object.fromEntries(names.map((n, i) => [n, (bits >> i) % 2 === 1]));
      const { data } = await executor.execute({ document: many, rootValue: { text: 't' }, variableValues });
      expect(Object.keys(data!)).toEqual([...names.filter((n) => variableValues[n]), '__typename']);
    }
  });

  it.each([
    ['a name', { __typename: 'Person', name: 'p' }], ['no name', { name: 'p' }], ['an unknown type', { __typename: 'Ship' }], ['no object type', { __typename: 'Named' }],
    ['no possible type', { __typename: 'Query' }],
  ])('finds the type of an abstract value that has %s', async (_, value) => {
    await compared(schemaWith({}), '{ any { __typename ... on Person { name } ... on Named { n: name } } named { name __typename } }', { rootValue: { any: [value, null, value], named: value } });
  });

  it('asks for a type as the schema says, at once or later', async () => {
    const schema = schemaWith({});
    const any = schema.getType('Any') as { resolveType?: unknown };
    const query = '{ any { ... on Firm { name } ... on Person { firms { strict } } } }';
    any.resolveType = (value: { is: string }) => (value.is === 'late' ? later(() => 'Person') : value.is === 'fails' ? later(refuse) : value.is);
    await compared(schema, query, { rootValue: { any: [{ is: 'late', firms: [{ strict: 's' }] }, { is: 'Firm', name: 'n' }, { is: 'fails' }] } });
    const firm = schema.getType('Firm') as { isTypeOf?: unknown };
    firm.isTypeOf = (value: { is: string }) => (value.is === 'late' ? later(() => false) : value.is === 'Firm');
    await compared(schema, query, { rootValue: { any: [{ is: 'late', firms: [{ is: 'late', strict: 's' }] }, { is: 'Firm', name: 'n' }] } });
    await compared(schema, '{ firms { name } }', { rootValue: { firms: [{ is: 'Firm', name: 'n' }, { is: 'other' }] } });
  });

  it('does one mutation after the other, and all of them', async () => {
    const log: string[] = [];
    const step = (name: string, ms: number, make: () => number | null) => () => {
      log.push(`${name} begins`);
      return later(() => {
        log.push(`${name} ends`);
        return make();
      }, ms);
    };
    const schema = schemaWith({ Mutation: { first: step('first', 5, refuse), second: step('second', 3, () => 2), third: step('third', 1, () => 3) } });
    expect((await compared(schema, 'mutation { first third second }')).data).toBe('{"first":null,"third":3,"second":2}');
    expect(log).toEqual(Array(3).fill(['first begins', 'first ends', 'third begins', 'third ends', 'second begins', 'second ends']).flat());
    // A null where none may be ends the row: what came before is done, what comes after is not begun.
    log.length = 0;
    const failing = schemaWith({ Mutation: { first: step('first', 1, () => 1), second: step('second', 1, () => null), third: step('third', 1, () => 3) } });
    expect((await compared(failing, 'mutation { first second third }')).data).toBe('null');
    expect(log).not.toContain('third begins');
  });

  it('survives that a list fails at once while others of its items are promised to fail', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const rootValue = { firms: [{ strict: later(refuse, 2) }, { strict: null }] };
    const { data } = await new OperationExecutor(schemaWith({})).execute({ document: parse('{ firms { strict } }'), rootValue });
    await later(() => null, 10);
    process.off('unhandledRejection', unhandled);
    expect(data).toBeNull();
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('names the operation that it cannot find', async () => {
    const both = 'query A { text } query B { named { name } }';
    expect((await compared(schemaWith({}), both, { operationName: 'A', rootValue: { text: 't' } })).data).toBe('{"text":"t"}');
    for (const [query, operationName] of [[both, undefined], [both, 'C'], ['fragment F on Firm { name }', undefined], ['subscription { text }', undefined]] as const) {
      expect((await compared(schemaWith({}), query, { operationName })).errors).toHaveLength(1);
    }
  });

  it('answers questions about the schema', async () => {
    const { data } = await compared(schemaWith({}), '{ __schema { queryType { name } } __type(name: "Firm") { fields { name type { kind ofType { name } } } } }');
    expect(data).toContain('"strict"');
  });
});
