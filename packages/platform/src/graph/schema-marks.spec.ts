import { parse, print } from 'graphql';
import { withMarks } from './schema-marks';

const marks = (sdl: string): string => print(withMarks(parse(sdl, { noLocation: true })));

const things = 'type ThingConnection { nodes: [Thing!]! edges: [ThingEdge!]! totalCount: Int! } type ThingEdge { node: Thing } type Thing { totalCount: Int }';

describe('the marks of every schema', () => {
  it('says how long the pages of a connection are, by the arguments and the lists that it has', () => {
    const sdl = marks(`type Query { all(first: Int, last: Int, after: String): ThingConnection! below(first: Int! = 20): FewConnection } ${things} type FewConnection { edges: [ThingEdge] }`);
    expect(sdl).toContain('): ThingConnection! @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)');
    expect(sdl).toContain('below(first: Int! = 20): FewConnection @listSize(assumedSize: 20, slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)');
  });

  it('leaves alone what is not paged, or says its size itself', () => {
    const sdl = `type Query { one: ThingConnection few(first: Int): ThingConnection @listSize(assumedSize: 3) plain(first: Int): [Thing] }`;
    expect(marks(`${sdl} ${things}`)).toContain(print(parse(sdl)));
  });

  it('weighs the count of a connection, and nothing else of that name', () => {
    const sdl = marks(`type Query { one: Thing } ${things}`);
    expect(sdl).toContain('totalCount: Int! @cost(weight: 10)');
    expect(sdl).toMatch(/type Thing \{\s+totalCount: Int\s+\}/);
  });

  it('weighs words in a filter; not as an argument, nor in what an act is told', () => {
    const sdl = marks('type Query { a(text: String, filter: ThingFilter): Int } input ThingFilter { text: String other: String } input TellInput { text: String }');
    expect(sdl.match(/@cost\(weight: 20\)/g)).toHaveLength(1);
    expect(sdl).toMatch(/input ThingFilter \{\s+text: String @cost\(weight: 20\)/);
  });

  it('asks for a token where something is done, or followed', () => {
    const sdl = marks('type Query { a: Int } type Mutation { b: Int } type Subscription { c: Int }');
    expect(sdl).toContain('type Mutation @authenticated');
    expect(sdl).toContain('type Subscription @authenticated');
    expect(sdl.match(/@authenticated/g)).toHaveLength(2);
  });
});
