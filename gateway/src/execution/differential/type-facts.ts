import { doTypesOverlap, getNamedType, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema, isCompositeType, isLeafType, isUnionType } from 'graphql';

type Field = GraphQLField<unknown, unknown>;

interface Facts {
  readonly leaves: readonly Field[];
  readonly branches: readonly Field[];
  /** Types that an object of this type may also be of, itself included. */
  readonly overlapping: ReadonlySet<GraphQLCompositeType>;
}

/** What a writer of operations asks of a schema again and again. */
export class TypeFacts {
  private readonly known = new Map<GraphQLCompositeType, Facts>();
  private readonly types: readonly GraphQLCompositeType[];

  constructor(readonly schema: GraphQLSchema) {
    this.types = Object.values(schema.getTypeMap()).filter((type): type is GraphQLCompositeType => isCompositeType(type) && !type.name.startsWith('__'));
  }

  of(type: GraphQLCompositeType): Facts {
    const known = this.known.get(type);
    if (known) return known;
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const facts: Facts = {
      leaves: fields.filter((f) => isLeafType(getNamedType(f.type))),
      branches: fields.filter((f) => !isLeafType(getNamedType(f.type))),
      overlapping: new Set(this.types.filter((other) => doTypesOverlap(this.schema, type, other))),
    };
    this.known.set(type, facts);
    return facts;
  }
}
