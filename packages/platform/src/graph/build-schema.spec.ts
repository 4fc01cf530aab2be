import 'reflect-metadata';
import { type Principal, publicReader } from '@casebridge/kernel';
import { parse } from 'graphql';
import { Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { buildSubgraph } from './build-schema';
import { OperationExecutor } from './compiled';

@ObjectType()
class BuildSchemaOpen {
  @Field(() => String, { nullable: true, description: 'Not @policy, whatever this says.' })
  words?: string;
}

@ObjectType()
@Directive('@policy(policies: [["regulator"]])')
class BuildSchemaGuarded {
  @Directive('@requiresScopes(scopes: [["a", "b"], ["c"]])')
  @Field(() => String, { nullable: true })
  words?: string;
}

@Resolver()
class OpenResolver {
  @Query(() => BuildSchemaOpen, { nullable: true })
  buildSchemaOpen(): BuildSchemaOpen | null {
    return null;
  }
}

@Resolver()
class GuardedResolver {
  @Directive('@authenticated')
  @Query(() => BuildSchemaGuarded, { nullable: true })
  buildSchemaGuarded(): BuildSchemaGuarded | null {
    return Object.assign(new BuildSchemaGuarded(), { words: 'said' });
  }
}

const linkOf = (sdl: string): string => sdl.slice(0, sdl.indexOf('\n'));

describe('buildSubgraph', () => {
  it('imports the directives of rights where they are used, and only there', () => {
    const open = buildSubgraph({ resolvers: [OpenResolver], references: {} });
    expect(linkOf(open.sdl)).not.toMatch(/authenticated|requiresScopes|policy/);
    const guarded = buildSubgraph({ resolvers: [GuardedResolver], references: {}, policies: { regulator: () => true } });
    expect(linkOf(guarded.sdl)).toMatch(/"@requires", "@authenticated", "@requiresScopes", "@policy"\]\)$/);
    expect(guarded.sdl).toContain('buildSchemaGuarded: BuildSchemaGuarded @authenticated');
    expect(guarded.sdl).toContain('type BuildSchemaGuarded @policy(policies: [["regulator"]])');
    expect(guarded.sdl).toContain('@requiresScopes(scopes: [["a", "b"], ["c"]])');
  });

  it('builds no schema with a policy that it could not ask', () => {
    expect(() => buildSubgraph({ resolvers: [GuardedResolver], references: {} })).toThrow('The schema asks for policies that this service does not have: regulator');
  });

  describe('enforces what it prints', () => {
    let isRegulator = true;
    const { schema } = buildSubgraph({ resolvers: [GuardedResolver], references: {}, policies: { regulator: () => isRegulator } });
    const officer = (...scopes: string[]): Principal => ({ kind: 'agency', scopes }) as unknown as Principal;
    const ask = async (principal: Principal, query = '{ buildSchemaGuarded { words } }') => {
      const { data, errors = [] } = await new OperationExecutor(schema).execute({ document: parse(query), contextValue: { principal } });
      return { data, codes: errors.map(({ originalError, path }) => [(originalError as { code?: string } | undefined)?.code, path]) };
    };
    beforeEach(() => (isRegulator = true));

    it('@authenticated', async () => {
      expect(await ask(publicReader)).toEqual({ data: { buildSchemaGuarded: null }, codes: [['AUTHENTICATION_REQUIRED', ['buildSchemaGuarded']]] });
    });

    it.each<[string[], boolean]>([[[], false], [['a'], false], [['a', 'b'], true], [['c'], true]])('@requiresScopes of one who has %j: %s', async (scopes, may) => {
      expect(await ask(officer(...scopes))).toEqual(may
        ? { data: { buildSchemaGuarded: { words: 'said' } }, codes: [] }
        : { data: { buildSchemaGuarded: { words: null } }, codes: [['UNAUTHORIZED_FIELD_OR_TYPE', ['buildSchemaGuarded', 'words']]] });
    });

    it('@policy of a type, where it is given', async () => {
      isRegulator = false;
      expect(await ask(officer('c'))).toEqual({ data: { buildSchemaGuarded: null }, codes: [['UNAUTHORIZED_FIELD_OR_TYPE', ['buildSchemaGuarded']]] });
    });
  });
});
