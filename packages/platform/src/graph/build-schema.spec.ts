import 'reflect-metadata';
import { Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { buildSubgraph } from './build-schema';

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
    return null;
  }
}

const linkOf = (sdl: string): string => sdl.slice(0, sdl.indexOf('\n'));

describe('buildSubgraph', () => {
  it('imports the directives of rights where they are used, and only there', () => {
    const open = buildSubgraph({ resolvers: [OpenResolver], references: {} });
    expect(linkOf(open.sdl)).not.toMatch(/authenticated|requiresScopes|policy/);
    const guarded = buildSubgraph({ resolvers: [GuardedResolver], references: {} });
    expect(linkOf(guarded.sdl)).toMatch(/"@requires", "@authenticated", "@requiresScopes", "@policy"\]\)$/);
    expect(guarded.sdl).toContain('buildSchemaGuarded: BuildSchemaGuarded @authenticated');
    expect(guarded.sdl).toContain('type BuildSchemaGuarded @policy(policies: [["regulator"]])');
    expect(guarded.sdl).toContain('@requiresScopes(scopes: [["a", "b"], ["c"]])');
  });
});
