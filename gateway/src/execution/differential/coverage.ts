import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { fetchFaults, placeFaults } from './faults';
import type { Ready, Unready } from './run';

const texts: Readonly<Record<string, RegExp>> = {
  'named fragment': /\.\.\.F\d/, 'inline fragment on a type': /\.\.\. on /, 'inline fragment on nothing': /\.\.\. (@|\{)/, 'fragment of a fragment': /fragment .*\.\.\.F/,
  'condition of a variable on a field': /\w @(skip|include)\(if: \$/, 'condition of a literal': /@(skip|include)\(if: (true|false)/,
  'condition on a fragment': /\.\.\.(F\d| on \w+) @(skip|include)/, 'both conditions': /@include\([^)]*\) @skip/, 'alias': /\w: \w/, 'alias of __typename': /\w: __typename/,
  'alias named as a member of objects': /(valueOf|toString): /, 'variable with a default': /\$\w+: [\w![\]]+ = /, 'variable in an argument': /\(\w+: \$/,
  'input object': /: \{\w/, 'introspection of the schema': /__schema/, 'introspection of a type': /__type\(/, 'several operations': /query Other/, 'mutation': /^mutation/,
};
const plans = [
  'Sequence', 'Parallel', 'Flatten', 'Condition', 'Fetch', 'fetch of entities', 'fetch below the root without entities', 'list in a list', 'key with fields of its own',
  'input rewritten', 'output rewritten', 'KeyRenamer', 'ValueSetter', 'variable in a fetch', 'nothing to fetch',
];
const leastTimes = 10;

/** Counts what was really tried. */
export class Coverage {
  private readonly counts = new Map<string, number>();

  operation({ generated: { text }, plan }: Ready): void {
    this.count('operation');
    for (const [feature, pattern] of Object.entries(texts)) if (pattern.test(text)) this.count(feature);
    const features = new Set<string>();
    if (plan.node) visit(plan.node as PlanNode, features);
    else features.add('nothing to fetch');
    for (const feature of features) this.count(feature);
  }

  /** Of operations that never ran; a compiler that gives up is counted as a gap. */
  refused({ reason, refused }: Unready): void {
    this.count(`refused ${refused}`);
    if (refused === 'by the compiler') this.count(`fallback: ${reason}`);
  }

  readonly fault = (fault: string): void => this.count(fault);

  run(differences: readonly string[]): void {
    this.count('run');
    if (differences.length === 0) this.count('run without any difference');
    for (const difference of differences) this.count(difference);
  }

  /** What was tried too seldom, and what should not have been: with all counts, if there is any. */
  gaps(differences: readonly string[]): readonly string[] {
    const often = [...Object.keys(texts), ...plans, ...placeFaults, ...fetchFaults].filter((feature) => this.of(feature) < leastTimes);
    const gaps = [
      ...often,
      ...differences.filter((difference) => this.of(difference) === 0).map((difference) => `listed and never met: ${difference}`),
      ...[...this.counts.keys()].filter((key) => key.startsWith('fallback')),
      ...(this.of('refused by the planner') > this.of('operation') / 20 ? ['the planner refuses too much'] : []),
      ...(this.of('run without any difference') < this.of('run') * 0.95 ? ['too many runs end in a listed difference'] : []),
    ];
    return gaps.length === 0 ? [] : [...gaps, ...[...this.counts].map(([key, count]) => `${key}: ${count}`)];
  }

  private of(feature: string): number {
    return this.counts.get(feature) ?? 0;
  }

  private count(feature: string): void {
    this.counts.set(feature, this.of(feature) + 1);
  }
}

function visit(node: PlanNode, features: Set<string>, path: readonly unknown[] = []): void {
  features.add(node.kind);
  switch (node.kind) {
    case 'Fetch':
      return visitFetch(node, features, path);
    case 'Flatten':
      return visit(node.node, features, [...path, ...node.path]);
    case 'Condition':
      if (node.ifClause) visit(node.ifClause, features, path);
      if (node.elseClause) visit(node.elseClause, features, path);
      return;
    case 'Sequence':
    case 'Parallel':
      for (const child of node.nodes) visit(child, features, path);
      return;
    default:
  }
}

function visitFetch({ inputRewrites, outputRewrites, requires, variableUsages }: FetchNode, features: Set<string>, path: readonly unknown[]): void {
  if (requires) features.add('fetch of entities');
  else if (path.length > 0) features.add('fetch below the root without entities');
  if (path.some((part, i) => part === '@' && path[i + 1] === '@')) features.add('list in a list');
  if (JSON.stringify(requires ?? []).match(/"selections":\[[^\]]*"selections"/)) features.add('key with fields of its own');
  if (inputRewrites?.length) features.add('input rewritten');
  if (outputRewrites?.length) features.add('output rewritten');
  for (const { kind } of [...(inputRewrites ?? []), ...(outputRewrites ?? [])]) features.add(kind);
  if (variableUsages?.length) features.add('variable in a fetch');
}
