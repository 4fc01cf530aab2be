import { BadUserInput, type Citation, DomainError, houseRule, type Principal, unstorablePlace } from '@casebridge/kernel';
import {
  type ConstDirectiveNode, defaultFieldResolver, type DocumentNode, getNamedType, type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema, isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import { AuthenticationRequired } from '../usecase/authentication-required';

/** What stands behind `@policy(policies: …)`: asked of the reader each time, by name. */
export type SchemaPolicies = Readonly<Record<string, (principal: Principal) => boolean>>;

/** The reader has a token, and it does not open this field. */
export class ScopeOrPolicyMissing extends DomainError {
  readonly code = 'UNAUTHORIZED_FIELD_OR_TYPE';
  readonly kind = 'FORBIDDEN';
  constructor() {
    super('Unauthorized field or type');
  }
}

/** @throws DomainError for a reader who may not pass, or who gives what nobody may give */
type Guard = (principal: Principal, args: object) => void;

/**
 * Makes a schema enforce the directives of rights that it is printed with: whoever reaches the service past the gateway meets the same
 * refusals. What a type asks for is asked on each of its fields, and on each field that gives it. Whoever may ask is refused texts that no
 * database keeps as they are, in every argument: nothing of an input is changed without a word.
 *
 * @param body - the schema as it is printed
 * @throws RangeError for what could not be enforced: a policy without a function, arguments of the wrong kind
 */
export function guardMarked(schema: GraphQLSchema, body: DocumentNode, policies: SchemaPolicies): void {
  const ofTypes = new Map<string, readonly Guard[]>();
  const ofFields = new Map<string, readonly Guard[]>();
  for (const node of body.definitions) {
    if (!('name' in node) || !node.name || !('directives' in node)) continue;
    const type = node.name.value;
    ofTypes.set(type, [...(ofTypes.get(type) ?? []), ...guardsOf(node.directives as readonly ConstDirectiveNode[] | undefined, policies)]);
    if (!('fields' in node)) continue;
    for (const field of node.fields ?? []) ofFields.set(`${type}.${field.name.value}`, guardsOf(field.directives, policies));
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const guards = [...(ofTypes.get(type.name) ?? []), ...(ofFields.get(`${type.name}.${field.name}`) ?? []), ...(ofTypes.get(getNamedType(field.type).name) ?? [])];
      // A reference is no input: one that nothing can have is nobody's.
      if (field.args.length > 0 && field.name !== '_entities') guards.push(type === schema.getMutationType() ? textsOfActs : textsOfReads);
      if (guards.length > 0) guard(field, guards);
    }
  }
}

function guard(field: GraphQLField<unknown, unknown>, guards: readonly Guard[]): void {
  const behind = (resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> => (source, args, context, info): unknown => {
    for (const check of guards) check((context as { readonly principal: Principal }).principal, args as object);
    return resolve(source, args as Record<string, unknown>, context, info);
  };
  field.resolve = behind(field.resolve ?? defaultFieldResolver);
  if (field.subscribe) field.subscribe = behind(field.subscribe);
}

function guardsOf(directives: readonly ConstDirectiveNode[] | undefined, policies: SchemaPolicies): Guard[] {
  return (directives ?? []).flatMap((directive) => {
    switch (directive.name.value) {
      case 'authenticated':
        return [authenticated];
      case 'requiresScopes':
        return [authenticated, oneOf(alternatives(directive, 'scopes'), (scope, principal) => principal.kind === 'agency' && principal.scopes.includes(scope))];
      case 'policy': {
        const named = alternatives(directive, 'policies');
        const unknown = named.flat().filter((name) => !Object.hasOwn(policies, name));
        if (unknown.length > 0) throw new RangeError(`The schema asks for policies that this service does not have: ${unknown.join(', ')}`);
        return [oneOf(named, (name, principal) => policies[name]?.(principal) === true)];
      }
      default:
        return [];
    }
  });
}

const storable = (basis?: Citation): Guard => (_, args) => {
  for (const [name, value] of Object.entries(args)) {
    const place = unstorablePlace(value, name);
    if (place !== null) throw new BadUserInput(place, 'holds a NUL character or half a character, which no text may hold', basis);
  }
};
const textsOfReads = storable();
/** Like every refusal of an act, with what it rests on. */
const textsOfActs = storable(houseRule('输入校验'));

const authenticated: Guard = ({ kind }) => {
  if (kind !== 'agency') throw new AuthenticationRequired();
};

/** One of the lists, all of what is in it. */
const oneOf = (lists: readonly (readonly string[])[], holds: (name: string, principal: Principal) => boolean): Guard => (principal) => {
  if (!lists.some((names) => names.every((name) => holds(name, principal)))) throw new ScopeOrPolicyMissing();
};

/** @throws RangeError */
function alternatives({ arguments: given = [], name }: ConstDirectiveNode, argument: string): string[][] {
  const node = given.find((one) => one.name.value === argument);
  const value: unknown = node && valueFromASTUntyped(node.value);
  const isList = (one: unknown): one is string[] => Array.isArray(one) && one.every((text) => typeof text === 'string');
  if (!Array.isArray(value) || !value.every(isList)) throw new RangeError(`@${name.value} without lists of ${argument}`);
  return value;
}
