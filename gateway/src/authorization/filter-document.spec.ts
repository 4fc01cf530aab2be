import { parse, specifiedRules, validate } from 'graphql';
import { filterDocument } from './filter-document';
import { readProtectedGraph } from './protected-graph';
import { apiSchema, brief, everything, grants, olderSupergraph, operationOf, supergraph } from './testing/protected-world';

const composed = readProtectedGraph(supergraph);
const older = readProtectedGraph(olderSupergraph);

/** What the reader has, what is asked, what is left of it, and where something was removed. */
type Case = readonly [has: string, query: string, left: string | null, ...paths: string[]];

const fieldsAndTypes: readonly Case[] = [
  ['', '{open}', '{open}'],
  ['', '{open me{id}}', '{open}', 'me'],
  ['token', '{open me{id}}', '{open me{id}}'],
  ['', '{me{id name}}', null, 'me'],
  ['', '{who:me{id} open}', '{open}', 'who'],
  ['', '{a:me{id} b:me{name} open}', '{open}', 'a', 'b'],
  ['', '{notice{id secret}}', '{notice{id}}', 'notice/secret'],
  ['', '{n:notice{i:id s:secret}}', '{n:notice{i:id}}', 'n/s'],
  ['', '{notice{secret} open}', '{open}', 'notice/secret'],
  ['', '{notice{author{phone}} open}', '{open}', 'notice/author/phone'],
  ['', '{notices{id secret}}', '{notices{id}}', 'notices/@/secret'],
  ['', '{officers{id} open}', '{open}', 'officers/@'],
  ['staff', '{officers{id phone boss{phone name}}}', '{officers{id boss{name}}}', 'officers/@/phone', 'officers/@/boss/phone'],
  ['staff phone', '{officers{id phone}}', '{officers{id phone}}'],
  ['', '{vault{id} open}', '{open}', 'vault'],
  ['!seal', '{vault{id} open}', '{vault{id}open}'],
  ['', '{vault{__typename} open}', '{open}', 'vault'],
  ['', '{vaults{id} open}', '{open}', 'vaults/@'],
  ['', '{grade stamp open}', '{open}', 'stamp', 'grade'],
  ['token', '{grade stamp}', '{stamp}', 'grade'],
  ['grade', '{grade stamp}', '{grade}', 'stamp'],
  ['', '{notice{text(lang:"zh") __typename}}', '{notice{text(lang:"zh")__typename}}'],
  ['', '{__typename}', '{__typename}'],
  ['', '{me{__typename} __typename}', '{__typename}', 'me'],
  ['', '{__schema{types{name}} me{id}}', '{__schema{types{name}}}', 'me'],
  ['', '{__type(name:"Vault"){...T} me{id}} fragment T on __Type{name}', '{__type(name:"Vault"){...T}}fragment T on __Type{name}', 'me'],
];

const alternatives: readonly Case[] = [
  ['a', '{either open}', '{open}', 'either'],
  ['a b', '{either}', '{either}'],
  ['c', '{either}', '{either}'],
  ['b', '{either}', null, 'either'],
  ['!p1', '{policed}', null, 'policed'],
  ['!p2 !p1', '{policed}', '{policed}'],
  ['!p3', '{policed}', '{policed}'],
  ['p3', '{policed}', null, 'policed'],
  ['token a !p1', '{all}', '{all}'],
  ['a !p1', '{all}', null, 'all'],
  ['token !p1', '{all}', null, 'all'],
  ['token a', '{all}', null, 'all'],
  ['', '{vault{id} officers{id} me{id} all open}', '{open}', 'me', 'all', 'officers/@', 'vault'],
];

const fragments: readonly Case[] = [
  ['', '{found{...on Notice{id} ...on Vault{id}}}', '{found{...on Notice{id}}}', 'found/@/... on Vault'],
  ['', '{found{...on Notice{id secret}}}', '{found{...on Notice{id}}}', 'found/@/... on Notice/secret'],
  ['', '{found{__typename ...on Vault{id}}}', '{found{__typename}}', 'found/@/... on Vault'],
  ['', '{found{...V}} fragment V on Vault{id}', null, 'found/@/... on Vault'],
  ['', '{notice{...N}} fragment N on Notice{id secret}', '{notice{...N}}fragment N on Notice{id}', 'notice/... on Notice/secret'],
  ['', '{notice{id ...N}} fragment N on Notice{secret}', '{notice{id}}', 'notice/... on Notice/secret'],
  [
    '', '{x:notice{...N} y:notices{...N}} fragment N on Notice{id author{...O}} fragment O on Officer{name phone}',
    '{x:notice{...N}y:notices{...N}}fragment N on Notice{id author{...O}}fragment O on Officer{name}',
    'x/... on Notice/author/... on Officer/phone', 'y/@/... on Notice/author/... on Officer/phone',
  ],
  ['', '{...Q} fragment Q on Query{open me{...O}} fragment O on Officer{id}', '{...Q}fragment Q on Query{open}', '... on Query/me'],
  ['', '{open ...{me{id}}}', '{open}', 'me'],
  ['', '{notice{...{id ...{secret}}}}', '{notice{...{id}}}', 'notice/secret'],
  ['', '{notice{...N ...N ...on Notice{...N}}} fragment N on Notice{id secret}', '{notice{...N...N...on Notice{...N}}}fragment N on Notice{id}',
    'notice/... on Notice/secret', 'notice/... on Notice/... on Notice/secret'],
  ['token', '{notice{...N}} fragment N on Notice{secret score id}', '{notice{...N}}fragment N on Notice{secret id}', 'notice/... on Notice/score'],
  ['', '{notice{...N}} fragment N on Notice{secret score id}', '{notice{...N}}fragment N on Notice{id}', 'notice/... on Notice/secret', 'notice/... on Notice/score'],
];

const variables: readonly Case[] = [
  ['', 'query Q($l:String $n:Int){notice{text(lang:$l) files(first:$n){...on Sealed{id}}}}', 'query Q($l:String){notice{text(lang:$l)}}', 'notice/files/@/... on Sealed'],
  ['', 'query($c:Boolean!$d:Boolean!){open @include(if:$c) me @skip(if:$d){id}}', 'query($c:Boolean!){open@include(if:$c)}', 'me'],
  ['', 'query($l:String){notice{id ...N}} fragment N on Notice{author{phone} text(lang:$l)}', 'query($l:String){notice{id...N}}fragment N on Notice{text(lang:$l)}', 'notice/... on Notice/author/phone'],
  ['', 'query A{open} query B{me{id} open}', 'query B{open}', 'me'],
];

const interfaces: readonly Case[] = [
  ['', '{files{__typename}}', '{files{__typename}}'],
  ['', '{files{id} open}', '{open}', 'files/@'],
  ['!seal', '{files{id title}}', '{files{id}}', 'files/@/title'],
  ['!seal draft', '{files{id title}}', '{files{id title}}'],
  ['', '{files{__typename ...on Report{id title body}}}', '{files{__typename...on Report{id title}}}', 'files/@/... on Report/body'],
  ['', '{files{...on Report{id} ...on Sealed{id}}}', '{files{...on Report{id}}}', 'files/@/... on Sealed'],
  ['', '{files{...on Draft{id title}}}', '{files{...on Draft{id}}}', 'files/@/... on Draft/title'],
  ['', '{files{id ...on Report{id}}}', null, 'files/@'],
  ['', '{files{...on File{id} ...on Report{size}}}', '{files{...on Report{size}}}', 'files/@/... on File'],
  ['', '{files{...F ...on Report{size}}} fragment F on File{size}', '{files{...on Report{size}}}', 'files/@/... on File'],
  ['', '{files{...on File{...on File{size}}}}', null, 'files/@/... on File/... on File'],
  ['', '{files{__typename ...{id}}}', '{files{__typename}}', 'files/@'],
  ['', '{found{...on File{id} ...on Notice{id}}}', '{found{...on Notice{id}}}', 'found/@/... on File'],
  ['!seal', '{file(id:1){size owner{name}}}', '{file(id:1){size}}', 'file/owner'],
  ['!seal token', '{file(id:1){size owner{name}}}', '{file(id:1){size owner{name}}}'],
  ['!seal', '{file(id:1){owner{...on Org{name} ...on Person{name}}}}', '{file(id:1){owner{...on Org{name}}}}', 'file/owner/... on Person'],
  ['', '{box{content{__typename}} open}', '{open}', 'box/content'],
  ['', '{box{...on OrgBox{content{name}} ...on PersonBox{content{name}}}}', '{box{...on OrgBox{content{name}}}}', 'box/... on PersonBox/content'],
  ['', '{named{label more}}', '{named{more}}', 'named/label'],
  ['', '{named{...on Quiet{label} ...on Loud{label more}}}', '{named{...on Quiet{label}...on Loud{more}}}', 'named/... on Loud/label'],
  // The token pass takes the plain field that the policy pass would have minded.
  ['', '{files{...on Report{id} ...on File{owner{name}}}}', '{files{...on Report{id}}}', 'files/@/... on File/owner'],
];

const roots: readonly Case[] = [
  ['', 'mutation{note{id} wipe}', null, 'wipe', ''],
  ['token', 'mutation{note{id} wipe}', null, ''],
  ['write', 'mutation{note{id} wipe}', 'mutation{note{id}}', 'wipe'],
  ['write', 'mutation{note{id}}', 'mutation{note{id}}'],
  ['', 'subscription{changed{id}}', null, 'changed'],
  ['token', 'subscription{changed{id score}}', 'subscription{changed{id}}', 'changed/score'],
  ['', 'subscription{tick}', 'subscription{tick}'],
];

/** Composed by 2.12 and later, where an interface requires what the types that implement it require. */
const propagated: readonly Case[] = [
  ['', '{files{__typename} open}', '{open}', 'files/@'],
  ['', '{files{...on Report{id}} open}', '{open}', 'files/@'],
  ['', '{found{...on File{__typename} ...on Report{id}}}', '{found{...on Report{id}}}', 'found/@/... on File'],
  ['!seal', '{files{...on Report{id body} title}}', '{files{...on Report{id}}}', 'files/@/... on Report/body', 'files/@/title'],
  ['', '{named{label more}}', '{named{more}}', 'named/label'],
];

const keys: readonly Case[] = [
  ['', '{firm{code name rank}}', '{firm{name rank}}', 'firm/code'],
  ['firm', '{firm{code rank risk}}', '{firm{code rank}}', 'firm/risk'],
];

const pathsOf = (errors: readonly { readonly path?: readonly (string | number)[] | undefined }[]): string[] => errors.map(({ path }) => (path ?? ['?']).join('/'));

function run(graph: typeof composed, [has, query, left, ...paths]: Case): void {
  const document = parse(query);
  expect(validate(apiSchema, document, specifiedRules)).toEqual([]);
  const operation = operationOf(document, query.startsWith('query A') ? 'B' : null);
  const filtered = filterDocument(graph, document, operation, grants(has));
  expect([brief(filtered.document), ...pathsOf(filtered.errors)]).toEqual([left && brief(parse(left)), ...paths]);
  if (filtered.document) expect(validate(apiSchema, filtered.document, specifiedRules)).toEqual([]);
  if (paths.length === 0) expect(filtered.document).toBe(document);
}

const each = (graph: typeof composed, cases: readonly Case[]): void => {
  for (const one of cases) it(`${one[0] || 'nothing'}: ${one[1]}`, () => run(graph, one));
};

describe('filterDocument', () => {
  describe('takes fields by their directive and by that of their type', () => {
    each(older, fieldsAndTypes);
  });
  describe('asks for one whole alternative', () => {
    each(older, alternatives);
  });
  describe('takes fragments by their type', () => {
    each(older, fragments);
  });
  describe('leaves no definition unused', () => {
    each(older, variables);
  });
  describe('minds the types that implement an interface', () => {
    each(older, interfaces);
  });
  describe('takes operations by their root type', () => {
    each(older, roots);
  });
  describe('minds what composition put on interfaces', () => {
    each(composed, propagated);
  });
  describe('minds keys', () => {
    each(composed, keys);
  });

  it('gives who has everything the same document', () => {
    for (const [, query] of [fieldsAndTypes, alternatives, fragments, variables, interfaces, roots, propagated, keys].flat()) {
      for (const graph of [older, composed]) {
        const document = parse(query);
        const filtered = filterDocument(graph, document, operationOf(document, query.startsWith('query A') ? 'B' : null), everything);
        expect(filtered.errors).toEqual([]);
        expect(filtered.document).toBe(document);
      }
    }
  });

  it('says code and kind', () => {
    const document = parse('{me{id}}');
    expect(filterDocument(older, document, operationOf(document), grants('')).errors.map((e) => e.toJSON())).toEqual([
      { message: 'Unauthorized field or type', path: ['me'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', kind: 'FORBIDDEN' } },
    ]);
  });

  it('lists 200 places of a document that names exponentially many', () => {
    const levels = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Officer{a:boss{...F${i + 1}} b:boss{...F${i + 1}}}`);
    const document = parse(`{notice{author{...F0}} open} ${levels.join(' ')} fragment F40 on Officer{name phone}`, { noLocation: true });
    const { errors } = filterDocument(older, document, operationOf(document), grants(''));
    expect(errors).toHaveLength(201);
    expect(errors.at(-1)?.message).toContain('More than 200');
    const same = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Officer{...F${i + 1} ...G${i + 1}} fragment G${i} on Officer{...F${i + 1} ...G${i + 1}}`);
    const wide = parse(`{notice{author{...F0}} open} ${same.join(' ')} fragment F40 on Officer{name phone} fragment G40 on Officer{phone}`);
    expect(filterDocument(older, wide, operationOf(wide), grants('')).errors).toHaveLength(1);
  });
});
