import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import {
  type ConstDirectiveNode, type DefinitionNode, type DocumentNode, getNamedType, type GraphQLNamedType, isEnumType, isInputObjectType,
  isInterfaceType, isObjectType, isScalarType, isUnionType, Kind, parse, print, type EnumTypeExtensionNode, type GraphQLSchema,
  type ScalarTypeExtensionNode, type TypeDefinitionNode,
} from 'graphql';

/**
 * Puts tags that stand on `extend scalar X` and `extend enum X` onto the definitions.
 *
 * The tag filter reads definitions of scalars only; an extension's tag would be lost and the scalar hidden.
 */
export function mergeTagExtensions(typeDefs: DocumentNode, tag: string): DocumentNode {
  const extensions = new Map<string, ConstDirectiveNode[]>();
  const rest = typeDefs.definitions.filter((node) => {
    if (!isBareExtension(node, tag)) return true;
    extensions.set(node.name.value, [...(extensions.get(node.name.value) ?? []), ...(node.directives ?? [])]);
    return false;
  });
  const defined = new Set<string>();
  const definitions = rest.map((node) => {
    if (node.kind !== Kind.SCALAR_TYPE_DEFINITION && node.kind !== Kind.ENUM_TYPE_DEFINITION) return node;
    defined.add(node.name.value);
    return { ...node, directives: [...(node.directives ?? []), ...(extensions.get(node.name.value) ?? [])] };
  });
  // What extends a type of another document stays as it was, for composition to judge.
  const left = typeDefs.definitions.filter((node) => isBareExtension(node, tag) && !defined.has(node.name.value));
  return { ...typeDefs, definitions: [...definitions, ...left] };
}

const isBareExtension = (node: DefinitionNode, tag: string): node is ScalarTypeExtensionNode | EnumTypeExtensionNode =>
  (node.kind === Kind.SCALAR_TYPE_EXTENSION || (node.kind === Kind.ENUM_TYPE_EXTENSION && (node.values?.length ?? 0) === 0)) &&
  (node.directives ?? []).every((d) => d.arguments?.some((a) => a.value.kind === Kind.STRING && a.value.value === tag));

/**
 * Hides types that are tagged but that no public query, mutation or subscription leads to.
 *
 * Types of the join and link specifications are left alone: the gateway refuses a supergraph that hides one of those.
 */
export function hideUnreachable(supergraphSdl: string): string {
  const api = Supergraph.build(supergraphSdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES }).apiSchema().toGraphQLJSSchema();
  const reachable = reachableTypes(api);
  const hidden = new Set(Object.keys(api.getTypeMap()).filter((name) => !name.startsWith('__') && !reachable.has(name)));
  if (hidden.size === 0) return supergraphSdl;
  const document = parse(supergraphSdl, { noLocation: true });
  // The filter writes the long name into subgraphs that do not import the short one.
  const mark = document.definitions.find((node) => node.kind === Kind.DIRECTIVE_DEFINITION && /^(federation__)?inaccessible$/.test(node.name.value));
  const name = mark?.kind === Kind.DIRECTIVE_DEFINITION ? mark.name.value : 'inaccessible';
  const definitions = document.definitions.map((node) => (isTypeDefinition(node) && hidden.has(node.name.value) ? hide(node, name) : node));
  return `${print({ ...document, definitions }).trimEnd()}\n`;
}

const typeDefinitions: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION, Kind.UNION_TYPE_DEFINITION, Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION, Kind.SCALAR_TYPE_DEFINITION,
]);

const isTypeDefinition = (node: DefinitionNode): node is TypeDefinitionNode => typeDefinitions.has(node.kind);

const hide = (node: TypeDefinitionNode, directive: string): TypeDefinitionNode => ({
  ...node,
  directives: [...(node.directives ?? []), { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: directive } }],
});

function reachableTypes(schema: GraphQLSchema): Set<string> {
  const seen = new Set<string>();
  const open: GraphQLNamedType[] = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((t) => t != null);
  for (const directive of schema.getDirectives()) open.push(...directive.args.map((a) => getNamedType(a.type)));
  for (let type = open.pop(); type; type = open.pop()) {
    if (seen.has(type.name)) continue;
    seen.add(type.name);
    open.push(...namedBy(type, schema));
  }
  return seen;
}

function namedBy(type: GraphQLNamedType, schema: GraphQLSchema): GraphQLNamedType[] {
  if (isScalarType(type) || isEnumType(type)) return [];
  if (isUnionType(type)) return [...type.getTypes()];
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => getNamedType(field.type));
  const fields = Object.values(type.getFields()).flatMap((field) => [getNamedType(field.type), ...field.args.map((a) => getNamedType(a.type))]);
  const kin = isInterfaceType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? type.getInterfaces() : [];
  return [...fields, ...kin];
}
