import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Client } from 'pg';
import { isTraced, traced } from '../process/trace';
import { isByKey } from './by-key';

/** Statements that one connection keeps prepared; PostgreSQL holds their plans in the memory of the connection. */
const maxNames = 500;
/** Texts that were met once are remembered so long as not more than this many others came since. */
const maxMet = 2_000;

/** PostgreSQL: "cached plan must not change result type", after a migration changed what `select *` means. */
const changedResult = '0A000';
/** "prepared statement does not exist" and "already exists": something between us and PostgreSQL mixes connections. */
const mixedUp: ReadonlySet<unknown> = new Set(['26000', '42P05']);

type PlanMode = 'auto' | 'force_generic_plan';
type Send = (...args: unknown[]) => Promise<unknown>;

/**
 * A connection that prepares each statement it meets a second time, so that PostgreSQL parses it once and plans it a few times, not at
 * every call. For `pg.Pool`, option `Client`.
 *
 * Whether a plan is made for the values or once for all is PostgreSQL's to choose (`plan_cache_mode` auto), but for statements that find
 * rows by key: those are planned once. The choice takes the planning of a statement of ours, most of its time, for next to nothing, and
 * would plan anew for ever what is asked for one key at a time.
 *
 * Statements without parameters (transaction control, migrations) and those given as objects (cursors) go as they are.
 */
export class PreparingClient extends Client {
  private readonly met = new LRUCache<string, true>({ max: maxMet });
  private readonly names = new Map<string, string>();
  private given = 0;
  private trusts = true;
  private mode: PlanMode = 'auto';
  /** While it goes from one mode to the other: nothing may overtake what waits for that. */
  private switching: Promise<void> | null = null;

  constructor(...config: ConstructorParameters<typeof Client>) {
    super(...config);
    // A connection that is cut rejects what waits on it; between two owners nobody else listens, and an error that nobody hears ends the process.
    this.on('error', () => undefined);
  }

  /** As in the base class; promises only are given for what is prepared. */
  override query(...args: unknown[]): never {
    const [text, ...others] = args;
    // With a callback nobody waits for a promise, and an object (a cursor) answers in its own time.
    if (!isTraced() || typeof text !== 'string' || others.some((other) => typeof other === 'function')) return this.send(args);
    return traced(operationIn(text), { kind: 'client', attributes: { 'db.system.name': 'postgresql', 'db.query.text': withoutLiterals(text) } }, () => this.send(args));
  }

  private send(args: unknown[]): never {
    const [text, values, ...rest] = args;
    const send = super.query.bind(this) as Send;
    if (typeof text !== 'string' || rest.length > 0) return send(...args) as never;
    if (this.switching) return this.switching.then(() => this.query(...args)) as never;
    const name = Array.isArray(values) && values.length > 0 ? this.nameOf(text) : null;
    const mode = this.modeFor(text, name);
    const run = name === null ? () => send(...args) : () => this.prepared(send, { name, text, values: values as unknown[] });
    if (mode === this.mode) return run() as never;
    this.switching = this.switchTo(send, mode).finally(() => void (this.switching = null));
    return this.switching.then(run) as never;
  }

  private async prepared(send: Send, statement: { name: string; text: string; values: unknown[] }): Promise<unknown> {
    // Of before the statement: where there is no transaction that it could have been part of, it can be sent again.
    const mayRepeat = this.isIdle();
    try {
      return await send(statement);
    } catch (cause) {
      const code = codeOf(cause);
      const isMixedUp = mixedUp.has(code);
      if (!isMixedUp && code !== changedResult) throw cause;
      this.names.delete(statement.text);
      if (isMixedUp) this.trusts = false;
      if (!mayRepeat) throw cause;
      return send(statement.text, statement.values);
    }
  }

  private nameOf(text: string): string | null {
    if (!this.trusts) return null;
    const known = this.names.get(text);
    if (known !== undefined) return known;
    if (!this.met.has(text)) {
      this.met.set(text, true);
      return null;
    }
    if (this.given >= maxNames) return null;
    this.given += 1;
    // The text is in the name: where connections are mixed up after all, a statement is missing and never another one in its place.
    // The number keeps a name from being given twice, also after it was given up.
    const name = `${createHash('sha1').update(text).digest('base64url').slice(0, 16)}_${this.given}`;
    this.names.set(text, name);
    return name;
  }

  /** Transactions keep the mode they began in, which is auto: a setting made inside one would go with it when it fails. */
  private modeFor(text: string, name: string | null): PlanMode {
    if (!this.isIdle() || isInsert.test(text)) return this.mode;
    return name !== null && isByKey(text) ? 'force_generic_plan' : 'auto';
  }

  private async switchTo(send: Send, mode: PlanMode): Promise<void> {
    await send(`set plan_cache_mode = ${mode}`);
    this.mode = mode;
  }

  private isIdle(): boolean {
    return this.getTransactionStatus() === 'I';
  }
}

/** Planned in no time, in whatever mode. */
const isInsert = /^\s*insert\b/;

/** `select`, `commit`: a name that is the same for many statements. */
const operationIn = (text: string): string => /^\s*([a-z]+)/i.exec(text)?.[1]?.toLowerCase() ?? 'sql';

/** Values are parameters and not part of a text; where a library writes one all the same, it does not get into a trace. */
const withoutLiterals = (text: string): string => text.replace(/'(?:[^']|'')*'/g, "'?'");

const codeOf = (cause: unknown): unknown => (cause instanceof Error && 'code' in cause ? cause.code : undefined);
