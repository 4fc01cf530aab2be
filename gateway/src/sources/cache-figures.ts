import type { Metrics } from '@casebridge/platform';
import { Counter, Gauge, type Registry } from 'prom-client';

/** Figures of the entity cache. Labels are types of the allow list. */
export interface CacheFigures {
  asked(type: string, result: 'hit' | 'miss'): void;
  invalidated(type: string): void;
  /** A fetch that could have been answered from the cache, and was not. */
  passed(reason: 'off' | 'act' | 'not noted'): void;
}

interface CacheState {
  readonly bytes: number;
  readonly entries: number;
  readonly on: boolean;
}

/** What a registry has of it; a cache that comes later takes the place of the one before. */
interface Registered {
  readonly figures: CacheFigures;
  state: () => CacheState;
}

const all = new WeakMap<Registry, Registered>();

export function cacheFigures({ registry }: Pick<Metrics, 'registry'>, types: readonly string[], state: () => CacheState): CacheFigures {
  const known = all.get(registry);
  if (known) {
    known.state = state;
    return known.figures;
  }
  const registers = [registry];
  const lookups = new Counter({ name: 'casebridge_entity_cache_total', help: 'Entities looked for in the cache', labelNames: ['type', 'result'], registers });
  const changes = new Counter({ name: 'casebridge_entity_cache_invalidations_total', help: 'Changes that were told to the cache', labelNames: ['type'], registers });
  const passed = new Counter({ name: 'casebridge_entity_cache_passed_total', help: 'Fetches that could have been answered from the cache and were not', labelNames: ['reason'], registers });
  const made: Registered = {
    state,
    figures: {
      asked: (type, result) => lookups.labels(labelOf(types, type), result).inc(),
      invalidated: (type) => changes.labels(labelOf(types, type)).inc(),
      passed: (reason) => passed.labels(reason).inc(),
    },
  };
  const gauge = (name: string, help: string, value: (state: CacheState) => number, aggregator: 'sum' | 'min' = 'sum'): void =>
    void new Gauge({ name: `casebridge_entity_cache_${name}`, help, registers, aggregator, collect() { this.set(value(made.state())); } });
  gauge('bytes', 'Entities that are remembered, with their keys', ({ bytes }) => bytes);
  gauge('entries', 'Entities that are remembered', ({ entries }) => entries);
  gauge('on', 'Whether the cache knows of all changes and is used', ({ on }) => (on ? 1 : 0), 'min');
  all.set(registry, made);
  return made.figures;
}

const labelOf = (types: readonly string[], type: string): string => (types.includes(type) ? type : 'other');
