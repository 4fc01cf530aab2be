import { Field, Int, ObjectType, Directive, ArgsType, type ClassType } from 'type-graphql';

const publicTag = '@tag(name: "public")';

@ObjectType({ description: '分页信息 Where a page stands in its list.' })
@Directive('@shareable')
@Directive(publicTag)
export class PageInfo {
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => Boolean) hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) startCursor!: string | null;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
}

/** Forward paging, for every list. Tagged public: a hidden argument would take paging from whatever list is public. */
@ArgsType()
export class ForwardPage {
  @Directive(publicTag) @Field(() => Int, { defaultValue: 20, description: 'At most 100.' }) first!: number;
  @Directive(publicTag) @Field(() => String, { nullable: true }) after?: string | null;
}

/** Root lists page in both directions; `last`/`before` and `first`/`after` exclude each other. */
@ArgsType()
export class BothWaysPage {
  @Directive(publicTag) @Field(() => Int, { nullable: true, description: 'At most 100; 20 when neither first nor last is given.' }) first?: number | null;
  @Directive(publicTag) @Field(() => String, { nullable: true }) after?: string | null;
  @Directive(publicTag) @Field(() => Int, { nullable: true, description: 'At most 100.' }) last?: number | null;
  @Directive(publicTag) @Field(() => String, { nullable: true }) before?: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** A page; `totalCount` is asked for only when it is selected. */
export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo;
  readonly totalCount: () => Promise<number>;
}

interface ConnectionOptions {
  /** Makes the connection part of the public contract. */
  readonly public?: boolean;
}

const nothing = (): void => undefined;
const tagged = (options: ConnectionOptions): ClassDecorator & MethodDecorator & PropertyDecorator =>
  options.public ? Directive(publicTag) : nothing;

/** The connection and edge types of a node type; call once per node type and service. */
export function connectionType<T extends object>(name: string, node: () => ClassType<T>, options: ConnectionOptions = {}): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`)
  @(tagged(options) as ClassDecorator)
  class EdgeType {
    @Field(() => String) cursor!: string;
    @Field(() => node()) node!: T;
  }

  @ObjectType(`${name}Connection`)
  @(tagged(options) as ClassDecorator)
  class ConnectionType {
    @Field(() => [node()]) nodes!: T[];
    @Field(() => [EdgeType]) edges!: EdgeType[];
    @Field(() => PageInfo) pageInfo!: PageInfo;
    @Field(() => Int, { description: '总数 Records that this reader may see; counted only when asked for.' }) totalCount!: () => Promise<number>;
  }
  return ConnectionType as unknown as ClassType<Connection<T>>;
}
