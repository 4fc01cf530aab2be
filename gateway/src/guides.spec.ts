import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { parse, validate } from 'graphql';
import { stripSecurity } from './authorization';

/*
 * What the guides tell clients to send is an operation of this hub.
 */

const root = resolve(__dirname, '../..');
const schema = Supergraph.build(stripSecurity(readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8')).sdl, { validateSupergraph: false }).apiSchema().toGraphQLJSSchema();
const blocks = readdirSync(join(root, 'docs/guides')).flatMap((page) =>
  [...readFileSync(join(root, 'docs/guides', page), 'utf8').matchAll(/```graphql\n([^]*?)```/gu)].map(([, text], i) => [page, i + 1, text ?? ''] as const));

it.each(blocks)('%s, block %i', (_page, _n, text) => {
  expect(validate(schema, parse(text)).map((e) => e.message)).toEqual([]);
});

it('finds them', () => {
  expect(blocks.length).toBeGreaterThan(10);
});
