import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

const known = new WeakMap<DocumentNode, readonly string[]>();

/** Fields of the schema that a document selects, as `Type.field`; worked out once per document. */
export function selectedFields(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const before = known.get(document);
  if (before) return before;
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  visit(document, visitWithTypeInfo(info, {
    Field(node) {
      const parent = info.getParentType();
      if (parent && !node.name.value.startsWith('__')) found.add(`${parent.name}.${node.name.value}`);
    },
  }));
  const fields = [...found].sort();
  known.set(document, fields);
  return fields;
}
