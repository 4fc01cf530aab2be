import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import { sha256 } from './documents';
import { manifestFile, manifestOf } from './repository-documents';
import { DocumentResolver, type ResolvedDocument } from './resolve';
import { clientTexts, hubDocuments } from './testing/hub-schema';
import { buildManifest, readManifest, TrustedDocuments, TrustedManifestInvalid } from './trusted';

const text = '{ __typename }';
const other = '{ again: __typename }';
const manifest = buildManifest([{ name: 'typename', text }]);
const codeOf = (answer: ResolvedDocument | GraphQLError): unknown => (answer instanceof GraphQLError ? answer.extensions['code'] : null);

describe('the manifest of trusted documents', () => {
  it('in this repository is that of the operations in it', () => {
    expect(readFileSync(manifestFile, 'utf8')).toBe(manifestOf());
    const trusted = new TrustedDocuments(readManifest(JSON.parse(readFileSync(manifestFile, 'utf8'))));
    expect(trusted.nameOf(clientTexts.get('shared-case') ?? '')).toBe('shared-case');
    const documents = hubDocuments();
    for (const { body } of trusted) {
      const answer = documents.operation(body, null);
      if ('errors' in answer) expect(answer.errors.map((e) => e.extensions['code'])).toEqual(['OPERATION_RESOLUTION_FAILURE']); // a file of several
    }
  });

  it('is the same for the same documents, and has equal texts once', () => {
    const one = buildManifest([{ name: 'a', text }, { name: 'b', text: other }]);
    expect(buildManifest([{ name: 'b', text: other }, { name: 'c', text }, { name: 'a', text }])).toEqual(one);
    expect(one.operations[sha256(text)]).toEqual({ name: 'a', body: text });
  });

  it.each([
    ['another version', { ...manifest, version: 2 }],
    ['a text that was changed', { version: 1, operations: { [sha256(text)]: { name: 'a', body: `${text} ` } } }],
    ['no hash', { version: 1, operations: { abc: { name: 'a', body: text } } }],
    ['one name twice', { version: 1, operations: { [sha256(text)]: { name: 'a', body: text }, [sha256(other)]: { name: 'a', body: other } } }],
    ['a name that labels cannot have', { version: 1, operations: { [sha256(text)]: { name: 'a b\n', body: text } } }],
    ['nothing', null],
  ])('is refused with %s', (_what, value) => {
    expect(() => readManifest(value)).toThrow(TrustedManifestInvalid);
  });

  it('refuses two documents of one name', () => {
    expect(() => buildManifest([{ name: 'a', text }, { name: 'a', text: other }])).toThrow(TrustedManifestInvalid);
  });
});

describe('a request', () => {
  const open = (): DocumentResolver => new DocumentResolver(new TrustedDocuments(manifest), false);
  const strict = (): DocumentResolver => new DocumentResolver(new TrustedDocuments(manifest), true);
  const persisted = (hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash: hash } });

  it('names a trusted document by its id, with or without the prefix', () => {
    for (const documentId of [sha256(text), `sha256:${sha256(text)}`, sha256(text).toUpperCase()]) {
      for (const door of [open(), strict()]) expect(door.resolve({ documentId })).toEqual({ text, trustedName: 'typename', register: null });
    }
    expect(codeOf(open().resolve({ documentId: sha256(other) }))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('is known to be trusted by its text', () => {
    expect(open().resolve({ query: text })).toMatchObject({ trustedName: 'typename' });
    expect(open().resolve({ query: other })).toMatchObject({ text: other, trustedName: null, register: null });
  });

  it('gets nothing but trusted documents at a strict door', () => {
    expect(strict().resolve({ query: text })).toMatchObject({ text });
    expect(codeOf(strict().resolve({ query: other }))).toBe('DOCUMENT_NOT_TRUSTED');
    expect(codeOf(strict().resolve({ query: other, extensions: persisted(sha256(other)) }))).toBe('DOCUMENT_NOT_TRUSTED');
    expect(strict().resolve({ query: text, extensions: persisted(sha256(text)) })).toMatchObject({ text });
    expect(strict().resolve({ extensions: persisted(sha256(text)) })).toMatchObject({ text });
  });

  it('registers a document by sending it with its hash, and names it afterwards; not before it was found good', () => {
    const door = open();
    const byHash = { extensions: persisted(sha256(other)) };
    expect(codeOf(door.resolve(byHash))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((door.resolve(byHash) as GraphQLError).message).toBe('PersistedQueryNotFound');
    const sent = door.resolve({ query: other, ...byHash }) as ResolvedDocument;
    expect(sent).toEqual({ text: other, trustedName: null, register: sha256(other) });
    expect(codeOf(door.resolve(byHash))).toBe('PERSISTED_QUERY_NOT_FOUND');
    door.register(sent);
    expect(door.resolve(byHash)).toEqual({ text: other, trustedName: null, register: null });
    expect(door.resolve({ documentId: sha256(other) })).toMatchObject({ text: other });
  });

  it('cannot fill the memory with what it registers', () => {
    const door = open();
    const big = (i: number): string => `# ${i} ${'x'.repeat(90_000)}\n{ __typename }`;
    for (let i = 0; i < 200; i++) door.register({ text: big(i), trustedName: null, register: sha256(big(i)) });
    expect(codeOf(door.resolve({ documentId: sha256(big(0)) }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(door.resolve({ documentId: sha256(big(199)) })).toMatchObject({ text: big(199) });
  });

  it.each([
    ['nothing', {}],
    ['a query that is no text', { query: 1 }],
    ['a query that is no text, with a hash', { query: 1, extensions: persisted(sha256(text)) }],
    ['an id that is none', { documentId: '../x' }],
    ['an id of another kind', { documentId: 7 }],
    ['both', { query: text, documentId: sha256(text) }],
    ['another hash', { query: text, extensions: persisted(sha256(other)) }],
    ['a hash of another kind', { extensions: persisted({}) }],
    ['another version', { extensions: persisted(sha256(text), 2) }],
    ['a text where an object belongs', { extensions: { persistedQuery: 'x' } }],
  ])('is refused with %s', (_what, request) => {
    for (const door of [open(), strict()]) expect(codeOf(door.resolve(request))).toBe('BAD_REQUEST');
  });

  it('may have extensions of other kinds', () => {
    for (const extensions of [null, 1, 'x', [], {}, { persistedQuery: null }]) expect(open().resolve({ query: text, extensions })).toMatchObject({ text });
  });
});
