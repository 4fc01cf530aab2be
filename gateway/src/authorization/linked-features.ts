import { CoreFeature, type CoreImport, FeatureUrl, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES } from '@apollo/federation-internals';
import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import { UnenforceableSupergraph } from './errors';
import { enforcedFeatures, inaccessibleFeature } from './security-features';

/** What the directives of the specifications are called in a supergraph; null for one that it does not link. */
export type RightsNames = Readonly<Record<keyof typeof enforcedFeatures, string | null>>;

interface Link {
  readonly url: FeatureUrl;
  readonly purpose: unknown;
  readonly nameOf: (directive: string) => string;
}

const knownFeatures: ReadonlySet<string> = new Set([...Object.values(enforcedFeatures), inaccessibleFeature]);

/**
 * @throws UnenforceableSupergraph when the supergraph links a feature of the purpose SECURITY that is not known here, or an
 *   unknown version of one that is
 */
export function rightsNames(supergraph: DocumentNode): RightsNames {
  const links = supergraph.definitions
    .flatMap((node) => (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : []))
    .flatMap((directive) => linkOf(directive) ?? []);
  const faults = links
    .filter(({ purpose, url }) => (knownFeatures.has(url.identity) ? !ROUTER_SUPPORTED_SUPERGRAPH_FEATURES.has(url.base.toString()) : purpose === 'SECURITY'))
    .map(({ url }) => `${url} is for: SECURITY and not known here`);
  if (faults.length > 0) throw new UnenforceableSupergraph(faults);
  const nameOf = (feature: keyof typeof enforcedFeatures): string | null =>
    links.find(({ url }) => url.identity === enforcedFeatures[feature])?.nameOf(feature) ?? null;
  return { authenticated: nameOf('authenticated'), requiresScopes: nameOf('requiresScopes'), policy: nameOf('policy') };
}

function linkOf({ arguments: given = [] }: ConstDirectiveNode): Link | null {
  const values = new Map(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
  // `feature` is what the first version of the specification called `url`.
  const text = values.get('url') ?? values.get('feature');
  if (typeof text !== 'string') return null;
  const purpose = values.get('for');
  const url = FeatureUrl.maybeParse(text);
  if (!url) {
    if (purpose === 'SECURITY') throw new UnenforceableSupergraph([`${text} is for: SECURITY and cannot be read`]);
    return null;
  }
  const as = values.get('as');
  const imports = importsOf(values.get('import'));
  const nameOf = (directive: string): string =>
    CoreFeature.directiveNameInSchemaForCoreArguments(url, typeof as === 'string' ? as : url.name, imports, directive);
  return { url, purpose, nameOf };
}

function importsOf(value: unknown): CoreImport[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one === 'string') return [{ name: one }];
    if (typeof one !== 'object' || one === null || !('name' in one)) return [];
    return [{ name: String(one.name), ...('as' in one ? { as: String(one.as) } : {}) }];
  });
}
