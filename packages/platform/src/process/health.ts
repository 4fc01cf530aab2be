import { errorFields, isError } from './logger';
import { scrub } from './scrub';
import { withinTime } from './within-time';

export interface CheckResult {
  readonly ok: boolean;
  /** Why not; read by operators, holds no value of a record and no secret. */
  readonly message?: string;
}

/** How one service (or the gateway itself) is. */
export interface ServiceHealth {
  readonly name: string;
  readonly ok: boolean;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

export interface HealthReport {
  readonly ok: boolean;
  readonly services: readonly ServiceHealth[];
}

/** @param otherwise - said only where it is not well */
export const wellIf = (ok: boolean, otherwise: string): CheckResult => (ok ? { ok } : { ok, message: otherwise });

/** Gives a result, or is fine when it ends without one; what it throws makes it fail. */
export type Check = () => CheckResult | void | Promise<CheckResult | void>;

/**
 * Asks all checks at once. A check that throws, or takes longer than the limit, has failed; none of them makes this throw.
 *
 * @param timeoutMs - for each check, default 2000
 */
export async function runChecks(name: string, checks: Readonly<Record<string, Check>>, timeoutMs = 2_000): Promise<ServiceHealth> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([key, check]) => [key, await resultOf(check, timeoutMs)] as const),
  );
  return { name, ok: results.every(([, result]) => result.ok), checks: Object.fromEntries(results) };
}

/** The house is well when each of its parts is; an empty house is not. */
export const combineHealth = (services: readonly ServiceHealth[]): HealthReport => ({
  ok: services.length > 0 && services.every((service) => service.ok),
  services,
});

/** The same without the messages, for listeners that anybody can reach. */
export const withoutMessages = (report: HealthReport): HealthReport => ({
  ok: report.ok,
  services: report.services.map(({ name, ok, checks }) => ({
    name,
    ok,
    checks: Object.fromEntries(Object.entries(checks).map(([key, check]) => [key, { ok: check.ok }])),
  })),
});

async function resultOf(check: Check, timeoutMs: number): Promise<CheckResult> {
  try {
    const result = (await withinTime(timeoutMs, asyncCall(check), () => ({ ok: false, message: `no answer within ${timeoutMs} ms` }))) ?? { ok: true };
    return result.message === undefined ? { ok: result.ok } : { ok: result.ok, message: scrub(result.message) };
  } catch (error) {
    return { ok: false, message: describeFailure(error) };
  }
}

const asyncCall = async (check: Check): Promise<CheckResult | void> => check();

/** A failure in a few words: code and, where it may be shown, message. */
export function describeFailure(error: unknown): string {
  if (!isError(error)) return 'failed';
  const { code, message, type } = errorFields(error);
  // A refused connection has no words of its own on Node 20, only its code.
  return [code, message || (code ? undefined : type)].filter((part) => typeof part === 'string' && part !== '').join(': ') || 'failed';
}
