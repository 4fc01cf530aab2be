import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType } from 'graphql';
import { stripSecurity } from './authorization';

/*
 * What everybody may ask, without a token, is listed by hand: a field that comes to be tagged, or a type that comes to be reached by one, is public only
 * when somebody has written its line.
 */

const file = join(__dirname, '..', 'public-coordinates.txt');
const sdl = readFileSync(join(__dirname, '..', 'supergraph.public.graphql'), 'utf8');

/** Every place of the schema by its coordinate (GraphQL, September 2025, 3.14), introspection aside. */
function coordinatesOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type)).flatMap((type) => {
    if (isObjectType(type) || isInterfaceType(type)) {
      return Object.values(type.getFields()).flatMap((field) => [`${type.name}.${field.name}`, ...field.args.map((arg) => `${type.name}.${field.name}(${arg.name}:)`)]);
    }
    if (isInputObjectType(type)) return Object.keys(type.getFields()).map((field) => `${type.name}.${field}`);
    if (isEnumType(type)) return type.getValues().map((value) => `${type.name}.${value.name}`);
    return [type.name];
  });
}

it('has in the public contract what the list has, and nothing else', () => {
  const schema = Supergraph.build(stripSecurity(sdl).sdl, { validateSupergraph: false }).apiSchema().toGraphQLJSSchema();
  const open = coordinatesOf(schema).sort();
  const listed = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const [allowed, there] = [new Set(listed), new Set(open)];
  expect({ entered: open.filter((c) => !allowed.has(c)), left: listed.filter((c) => !there.has(c)) }).toEqual({ entered: [], left: [] });
  expect(listed).toEqual([...allowed].sort());
});
