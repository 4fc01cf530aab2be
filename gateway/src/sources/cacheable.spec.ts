import { rights, type RightsElement } from '@casebridge/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLObjectType, GraphQLScalarType, isEnumType, isListType, isNonNullType, isObjectType, Kind } from 'graphql';
import { cacheable, type CacheableType } from './cacheable';

const schema = buildSchema(readFileSync(join(__dirname, '../../supergraph.graphql'), 'utf8'), { assumeValidSDL: true });

/** What keeps a coordinate from being on the list; empty when nothing does. */
function faultsOf(name: string, { fields, key, service }: CacheableType): string[] {
  const type = schema.getType(name);
  if (!isObjectType(type)) return [`${name} is no object of the supergraph`];
  const faults: string[] = [];
  if (!keysOf(type, service).includes(key)) faults.push(`${name} has no key ${key} in ${service}`);
  if (!Object.hasOwn(fields, key)) faults.push(`${name}.${key} is not listed`);
  for (const [field, element] of Object.entries(fields)) {
    const at = `${name}.${field}`;
    const definition = type.getFields()[field];
    if (!definition) {
      faults.push(`${at} is not in the supergraph`);
      continue;
    }
    if (definition.args.length > 0) faults.push(`${at} takes arguments`);
    const narrowing = [type.astNode, definition.astNode].flatMap((node) => node?.directives ?? []).map((d) => d.name.value).filter((d) => ['authenticated', 'requiresScopes', 'policy'].includes(d));
    if (narrowing.length > 0) faults.push(`${at} needs ${narrowing.join()}`);
    if (element !== null && !isOpenToAll(element)) faults.push(`${at} is not open to all agencies alike`);
    const named = namedTypeOf(definition.type);
    if (isObjectType(named) && !Object.hasOwn(cacheable, named.name)) faults.push(`${at} leads to ${named.name}, which is not listed`);
    else if (!isObjectType(named) && !isEnumType(named) && !(named instanceof GraphQLScalarType)) faults.push(`${at} is of several types`);
  }
  return faults;
}

/** One cell for all agencies; the public reads the same or nothing: no window, no part, no place decides. */
const isOpenToAll = (element: RightsElement): boolean => {
  const { PUBLIC: open, ...agencies } = rights[element] as Record<string, readonly string[]>;
  return Object.values(agencies).every((cell) => cell.join() === 'all') && ['', 'all'].includes(open?.join() ?? 'none');
};

function namedTypeOf(type: unknown): unknown {
  return isListType(type) || isNonNullType(type) ? namedTypeOf(type.ofType) : type;
}

const keysOf = (type: GraphQLObjectType, service: string): string[] => (type.astNode?.directives ?? []).flatMap((directive) => {
  if (directive.name.value !== 'join__type') return [];
  const given = Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, value]));
  const graph = given['graph']?.kind === Kind.ENUM ? given['graph'].value : '';
  const resolvable = given['resolvable']?.kind !== Kind.BOOLEAN || given['resolvable'].value;
  return graph === service.toUpperCase() && resolvable && given['key']?.kind === Kind.STRING ? [given['key'].value] : [];
});

describe('the allow list of the entity cache', () => {
  it.each(Object.entries(cacheable))('has of %s what the supergraph has, without arguments, and open to all agencies alike', (name, type) => {
    expect(faultsOf(name, type)).toEqual([]);
  });

  it('would not pass with what may not be on it', () => {
    const { Enterprise } = cacheable as { readonly Enterprise: CacheableType };
    const faults = (fields: CacheableType['fields']): string[] => faultsOf('Enterprise', { ...Enterprise, fields: { uscc: null, ...fields } });
    expect(faults({ keyPersons: 'enterprise.inside' })).toEqual(expect.arrayContaining(['Enterprise.keyPersons is not open to all agencies alike', expect.stringContaining('leads to KeyPerson')]));
    expect(faults({ inspections: 'inspection.concluded' })).toContain('Enterprise.inspections takes arguments');
    expect(faults({ licences: 'enterprise.public' })).toEqual(['Enterprise.licences leads to Licence, which is not listed']);
    expect(faults({ wealth: null })).toEqual(['Enterprise.wealth is not in the supergraph']);
    expect(faultsOf('Enterprise', { ...Enterprise, service: 'credit', key: 'name' })).toContain('Enterprise has no key name in credit');
    expect(faultsOf('Agency', { ...(cacheable['Agency'] as CacheableType), service: 'adr' })).toEqual(['Agency has no key code in adr']);
  });

  it('holds nothing that depends on the day', () => {
    // Windows, statuses and clocks are what the services work out anew at each reading; none of their types is a leaf that is listed.
    const listed = Object.values(cacheable).flatMap(({ fields }) => Object.keys(fields));
    expect(listed.filter((field) => /due|overdue|valid|expires|published|today|deadline/i.test(field))).toEqual([]);
    expect(Object.keys(cacheable)).not.toContain('Licence');
  });
});
