import { type GraphQLError, type GraphQLSchema, isSpecifiedScalarType } from 'graphql';
import { refusal, type RefusalCode } from '../limits/refusals';

/** What says what is wrong in the library's words, in which names of the schema stand. */
const telling: Partial<Record<RefusalCode, string>> = {
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema',
  BAD_USER_INPUT: 'The variables do not fit the operation',
};

/**
 * Faults as they are told to readers who may not see the schema: names stand in them only if the reader sent them. What of types
 * and fields he did not name is left out; where it is, and what he wrote there, stays.
 *
 * @param text - of the document that he sent
 * @param variables - that he sent with it, when the fault is theirs; within the limits
 */
export function inOwnWords(errors: readonly GraphQLError[], schema: GraphQLSchema, text: string, variables: unknown = null): readonly GraphQLError[] {
  if (errors.every(({ extensions }) => telling[extensions['code'] as RefusalCode] === undefined)) return errors;
  const known = new Set([text, JSON.stringify(variables)].flatMap((sent) => sent.match(names) ?? []));
  const isOpen = (name: string): boolean => known.has(name) || rootTypes.has(name);
  return errors.map((error) => {
    const code = error.extensions['code'] as RefusalCode;
    const general = telling[code];
    if (general === undefined) return error;
    const told = refusal(code, redacted(error.message, schema, isOpen) ?? general, fieldOf(error));
    if (error.locations) Object.defineProperty(told, 'locations', { value: error.locations, enumerable: true });
    return told;
  });
}

/** Made of names and places that he sent. */
const fieldOf = ({ extensions: { field } }: GraphQLError): Record<string, unknown> => (field === undefined ? {} : { field });

const names = /[_A-Za-z]\w*/g;
/** Whoever reads about GraphQL knows them. */
const rootTypes: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription', 'Int', 'Float', 'String', 'Boolean', 'ID']);
const left = '…';

/** @returns null for a message whose quotes cannot be told apart from those in a value that was sent */
function redacted(message: string, schema: GraphQLSchema, isOpen: (name: string) => boolean): string | null {
  const parts = message.split('"');
  if (parts.length % 2 === 0 || message.includes('\\')) return null;
  return parts.map((part, i) => {
    if (i % 2 === 1) return (part.match(names) ?? []).every(isOpen) ? part : left;
    return part.replace(names, (name) => (isOpen(name) || !isOfSchema(schema, name) ? name : left));
  }).join('"');
}

function isOfSchema(schema: GraphQLSchema, name: string): boolean {
  const type = schema.getType(name);
  return type !== undefined && !isSpecifiedScalarType(type);
}
