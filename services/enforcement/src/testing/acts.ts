import type { Principal } from '@casebridge/kernel';
import type { Answer } from '@casebridge/testkit';
import { buildEnforcementSubgraph } from '../subgraph';
import type { ReferralWorld } from './referral-world';

const mutations = buildEnforcementSubgraph().schema.getMutationType()?.getFields() ?? {};

/** Every act that the schema has. */
export const everyAct: readonly string[] = Object.keys(mutations).sort();

/** An act by its name with its arguments as variables, whatever they are. */
function operationFor(act: string, selection: string): string {
  const args = mutations[act]?.args ?? [];
  const declared = args.map((a) => `$${a.name}: ${a.type.toString()}`).join(', ');
  return `mutation(${declared}) { ${act}(${args.map((a) => `${a.name}: $${a.name}`).join(', ')}) { ${selection} } }`;
}

let serial = 0;

interface Sending {
  /** When the request reached the hub; now, unless it was some time ago. */
  readonly receivedAt?: Date | undefined;
  /** What is asked of the answer. */
  readonly selection?: string;
}

/** Sends an act with a key of its own, unless one is given. */
export function sendAct<T = unknown>(
  world: ReferralWorld, who: Principal, act: string, args: Readonly<Record<string, unknown>>, { receivedAt, selection = '__typename' }: Sending = {},
): Promise<Answer<T>> {
  serial += 1;
  return world.send<T>(who, operationFor(act, selection), { idempotencyKey: `key-${serial}`, ...args }, undefined, receivedAt);
}
