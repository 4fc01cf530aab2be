/** The part of a V8 CPU profile that is needed here. */
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number } }[];
  readonly samples?: readonly number[];
  /** Microseconds from one sample to the next. */
  readonly timeDeltas?: readonly number[];
}

export interface Share {
  readonly name: string;
  /** Of the time in which anything ran, 0 to 1. */
  readonly share: number;
}

export interface ProfileSummary {
  /** Time in which the process had nothing to do, as a share of all. */
  readonly idle: number;
  readonly byPlace: readonly Share[];
  readonly byFunction: readonly Share[];
}

type Frame = CpuProfile['nodes'][number]['callFrame'];

/** The package, the part of this repository, the module of Node.js; `generated` for code that was made while the process ran, as of compiled queries. */
export function placeOf({ functionName, lineNumber, url }: Frame): string {
  if (url === '') return functionName.startsWith('(') ? functionName : lineNumber >= 0 ? 'generated' : 'native';
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (inPackage) return inPackage;
  return /\/((?:gateway|bench|apps\/[^/]+|packages\/[^/]+|services\/[^/]+)\/dist)\//.exec(url)?.[1] ?? url;
}

/** Self time, summed by place and by function; the largest first. */
export function summariseProfile({ nodes, samples = [], timeDeltas = [] }: CpuProfile, functions = 30): ProfileSummary {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byPlace = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let idle = 0;
  let all = 0;
  for (const [i, id] of samples.entries()) {
    const time = timeDeltas[i] ?? 0;
    const frame = frames.get(id);
    if (!frame || time <= 0) continue;
    all += time;
    if (frame.functionName === '(idle)') {
      idle += time;
      continue;
    }
    const place = placeOf(frame);
    const name = nameOf(frame, place);
    byPlace.set(place, (byPlace.get(place) ?? 0) + time);
    byFunction.set(name, (byFunction.get(name) ?? 0) + time);
  }
  const busy = all - idle;
  const shares = (times: ReadonlyMap<string, number>): Share[] =>
    [...times].map(([name, time]) => ({ name, share: busy === 0 ? 0 : time / busy })).sort((a, b) => b.share - a.share);
  return { idle: all === 0 ? 0 : idle / all, byPlace: shares(byPlace), byFunction: shares(byFunction).slice(0, functions) };
}

function nameOf({ functionName, lineNumber, url }: Frame, place: string): string {
  if (place === functionName) return place;
  return [functionName || '(anonymous)', place, ...(url === '' ? [] : [`${url.split('/').at(-1) ?? url}:${lineNumber + 1}`])].join(' ');
}
