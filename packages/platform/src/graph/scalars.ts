import { isCivilDate } from '@casebridge/kernel';
import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO, GraphQLSafeInt } from 'graphql-scalars';

const parseDay = (value: unknown): string => {
  if (typeof value !== 'string' || !isCivilDate(value)) throw new TypeError('Date must be a civil date, YYYY-MM-DD');
  return value;
};

/** A civil day in China Standard Time. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: '日期 A civil day in China Standard Time, YYYY-MM-DD.',
  serialize: parseDay,
  parseValue: parseDay,
  parseLiteral: (node) => parseDay(node.kind === Kind.STRING ? node.value : undefined),
});

/** An instant; written in UTC with milliseconds. */
export const DateTimeScalar = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: '时间 An instant, ISO 8601 with offset; answers are in UTC.',
  specifiedByURL: null,
});

/** Money in fen: beyond 32 bits, within what a JSON number holds exactly. */
export const FenScalar = new GraphQLScalarType({
  ...GraphQLSafeInt.toConfig(),
  name: 'Fen',
  description: '金额（分） An amount of money in fen (1/100 yuan), an integer up to 2^53-1.',
  specifiedByURL: null,
});
