import {
  type FieldNode, getNamedType, type GraphQLField, type GraphQLInputType, isInputObjectType, isListType, isNonNullType, Kind, type ValueNode, valueFromASTUntyped,
} from 'graphql';
import { type Amount, sum, type Variables } from './amount';
import type { CostDefaults, CostModel, ListSize } from './cost-model';
import { SlicingArgumentRequired } from './limits.errors';

/** What the arguments of a field cost, wherever the field stands. */
export function argumentsCost(coordinate: string, field: GraphQLField<unknown, unknown>, node: FieldNode, model: CostModel, defaults: CostDefaults): Amount {
  return sum((node.arguments ?? []).map((argument): Amount => {
    const definition = field.args.find((arg) => arg.name === argument.name.value);
    if (!definition) return 0;
    const weight = model.arguments.get(`${coordinate}(${definition.name})`);
    const { value } = argument;
    const costOf = (given: unknown): number => {
      if (given == null) return 0;
      return weight ?? inputCost(definition.type, given, model, defaults);
    };
    const named = getNamedType(definition.type);
    if (weight === undefined && !isInputObjectType(named) && !model.types.has(named.name)) return 0;
    if (value.kind === Kind.VARIABLE) return (variables) => costOf(variables[value.name.value]);
    return hasVariables(value) ? (variables) => costOf(valueFromASTUntyped(value, variables)) : costOf(valueFromASTUntyped(value));
  }));
}

function inputCost(type: GraphQLInputType, value: unknown, model: CostModel, defaults: CostDefaults): number {
  if (value == null) return 0;
  if (isNonNullType(type)) return inputCost(type.ofType, value, model, defaults);
  if (isListType(type)) {
    const elements = Array.isArray(value) ? (value as unknown[]) : [value];
    return elements.reduce<number>((total, element) => total + inputCost(type.ofType, element, model, defaults), 0);
  }
  const own = model.types.get(type.name);
  if (!isInputObjectType(type)) return own ?? 0;
  const fields = type.getFields();
  return Object.entries(value as Record<string, unknown>).reduce((total, [name, element]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field || element == null) return total;
    return total + (model.fields.get(`${type.name}.${name}`) ?? inputCost(field.type, element, model, defaults));
  }, own ?? defaults.inputObject);
}

function hasVariables(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariables);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariables(field.value));
}

/**
 * How many elements the arguments of a field ask for.
 *
 * @param otherwise - when they say nothing
 * @throws SlicingArgumentRequired, when the amount is asked for, where exactly one argument must say it and not exactly one does
 */
export function slicedSize(
  node: FieldNode, field: GraphQLField<unknown, unknown>, { requireOneSlicingArgument, slicingArguments }: ListSize, otherwise: number,
): Amount {
  if (slicingArguments.length === 0) return otherwise;
  const sources = slicingArguments.map((path) => sourceOf(node, field, path.split('.')));
  const size: Amount = (variables) => {
    const found = sources.map((source) => source(variables));
    const sizes = found.flatMap(({ value }) => value ?? []);
    if (requireOneSlicingArgument) {
      const said = found.filter(({ explicit, value }) => explicit && value !== null).length;
      // The schema's own defaults say it only when the client says nothing.
      if (said > 1 || sizes.length === 0) throw new SlicingArgumentRequired(field.name, slicingArguments, said);
    }
    return sizes.length === 0 ? otherwise : Math.max(0, ...sizes);
  };
  const fixed = (node.arguments ?? []).every((argument) => !hasVariables(argument.value));
  // A fault is told when the amount is asked for, not when the operation is compiled.
  return fixed && !requireOneSlicingArgument ? size({}) : size;
}

interface Said {
  /** Null: nothing. */
  readonly value: number | null;
  /** By the client, not by the schema. */
  readonly explicit: boolean;
}

/** The whole number that an argument, or a part of it, gives. */
function sourceOf(node: FieldNode, field: GraphQLField<unknown, unknown>, [name, ...path]: readonly string[]): (variables: Variables) => Said {
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  const fallback: unknown = field.args.find((arg) => arg.name === name)?.defaultValue;
  return (variables) => {
    let found: unknown = value && valueFromASTUntyped(value, variables);
    const explicit = found !== undefined;
    if (!explicit) found = fallback;
    for (const part of path) found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[part] : undefined;
    if (Array.isArray(found)) return { value: found.length, explicit }; // a list of ids asks for as many elements
    return { value: typeof found === 'number' && Number.isFinite(found) ? found : null, explicit };
  };
}
