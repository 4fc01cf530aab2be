import 'reflect-metadata';
import { type AgencyReader, publicReader } from '@casebridge/kernel';
import { services } from '../services';

const rights: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes', 'policy']);

interface Marked {
  readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined;
}
const isMarked = (node: Marked | null | undefined): boolean => node?.directives?.some(({ name }) => rights.has(name.value)) ?? false;

type Schema = ReturnType<(typeof services)[number]['subgraph']>['schema'];
interface Field {
  readonly astNode?: Marked | null;
  readonly type: { toString(): string };
  readonly resolve?: Resolver;
  readonly subscribe?: Resolver;
}
type Resolver = (source: object, args: object, context: object, info: never) => unknown;

/** All fields of a schema's own types, by their coordinates. */
function fieldsOf(schema: Schema): Map<string, Field> {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return new Map(types.flatMap((type) => ('getFields' in type ? Object.entries(type.getFields() as unknown as Record<string, Field>).map(([name, field]) => [`${type.name}.${name}`, field] as const) : [])));
}

/** Coordinates that a schema puts behind a directive of rights: by the field, by its type, by what it gives. */
function markedIn(schema: Schema): string[] {
  const types = schema.getTypeMap();
  const isMarkedType = (name: string | undefined): boolean => isMarked(types[name ?? '']?.astNode);
  return [...fieldsOf(schema)].filter(([coordinate, { astNode, type }]) => isMarkedType(coordinate.split('.')[0]) || isMarked(astNode) || isMarkedType(type.toString().replaceAll(/[[\]!]/g, ''))).map(([coordinate]) => coordinate);
}

const codeOf = (resolver: Resolver | undefined, principal: unknown): unknown => {
  try {
    // What got past the mark has nothing to work with.
    Promise.resolve(resolver?.({}, {}, { principal }, {} as never)).catch(() => undefined);
    return resolver ? 'passed' : 'no resolver';
  } catch (cause) {
    return (cause as { code?: unknown }).code ?? 'another error';
  }
};

describe.each(services.map((service) => [service.name, service.subgraph()] as const))('what %s puts behind a token', (_name, { schema, sdl }) => {
  const coordinates = markedIn(schema);
  const fields = fieldsOf(schema);
  const fieldAt = (coordinate: string): Field | undefined => fields.get(coordinate);

  it('is refused to the public reader when the service is asked past the gateway', () => {
    const refused = coordinates.map((coordinate) => {
      const field = fieldAt(coordinate);
      return [coordinate, codeOf(field?.resolve, publicReader), ...(coordinate.startsWith('Subscription.') ? [codeOf(field?.subscribe, publicReader)] : [])];
    });
    expect(refused.filter(([, ...codes]) => codes.some((code) => code !== 'AUTHENTICATION_REQUIRED'))).toEqual([]);
  });

  it('is not refused to an officer by the mark', () => {
    const officer = { kind: 'agency', scopes: [] } as unknown as AgencyReader;
    expect(coordinates.filter((coordinate) => codeOf(fieldAt(coordinate)?.resolve, officer) === 'AUTHENTICATION_REQUIRED')).toEqual([]);
  });

  it('is every act and every live update', () => {
    expect([...coordinates].sort()).toEqual([...fields.keys()].filter((coordinate) => /^(Mutation|Subscription)\./.test(coordinate)).sort());
    expect([...sdl.matchAll(/@(authenticated|requiresScopes|policy)\b(?!")/g)].length).toBe([schema.getMutationType(), schema.getSubscriptionType()].filter(Boolean).length);
  });
});

it('is something', () => {
  expect(services.flatMap((service) => markedIn(service.subgraph().schema)).length).toBeGreaterThan(10);
});
