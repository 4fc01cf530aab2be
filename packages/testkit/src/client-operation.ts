import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type GraphQLSchema, Kind, parse, print, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** The one place where the texts of clients are kept; whatever sends one of them reads it from there. */
const folder = resolve(__dirname, '../../../e2e/operations');

/**
 * What a client of the hub sends, as one service is asked for it: without the fields that other services answer.
 *
 * @param file - name of the document, e.g. `shared-case`
 * @param schema - of the service
 * @param only - the operation, where the document has several and one is sent by itself
 * @throws when the service answers nothing of it
 */
export function clientOperation(file: string, schema: GraphQLSchema, only?: string): string {
  const document = parse(readFileSync(resolve(folder, `${file}.graphql`), 'utf8'), { noLocation: true });
  const definitions = document.definitions.filter((d) => only === undefined || (d.kind === Kind.OPERATION_DEFINITION && d.name?.value === only));
  if (definitions.length === 0) throw new Error(`${file} has no operation ${only}`);
  const types = new TypeInfo(schema);
  const foreign: string[] = [];
  const own = visit({ ...document, definitions }, visitWithTypeInfo(types, {
    Field(node) {
      if (types.getFieldDef()) return undefined;
      foreign.push(`${types.getParentType()?.name}.${node.name.value}`);
      return null;
    },
  }));
  const roots = foreign.filter((field) => /^(Query|Mutation|Subscription|undefined)\./.test(field));
  if (roots.length > 0) throw new Error(`The service does not answer ${roots.join(', ')} of ${file}`);
  return print(own);
}
