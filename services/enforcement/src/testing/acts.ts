import type { Principal } from '@casebridge/kernel';
import type { Answer } from '@casebridge/testkit';
import { buildEnforcementSubgraph } from '../subgraph';
import type { ReferralWorld } from './referral-world';

const mutations = buildEnforcementSubgraph().schema.getMutationType()?.getFields() ?? {};

/** Every act that the schema has. */
export const everyAct: readonly string[] = Object.keys(mutations).sort();

/** An act by its name with its arguments as variables, whatever they are. */
function operationFor(act: string): string {
  const args = mutations[act]?.args ?? [];
  const declared = args.map((a) => `$${a.name}: ${a.type.toString()}`).join(', ');
  return `mutation(${declared}) { ${act}(${args.map((a) => `${a.name}: $${a.name}`).join(', ')}) { __typename } }`;
}

let serial = 0;

/** Sends an act with a key of its own, unless one is given; `receivedAt` is now, unless it reached the hub some time ago. */
export function sendAct(world: ReferralWorld, who: Principal, act: string, args: Readonly<Record<string, unknown>>, receivedAt?: Date): Promise<Answer<unknown>> {
  serial += 1;
  return world.send(who, operationFor(act), { idempotencyKey: `key-${serial}`, ...args }, undefined, receivedAt);
}
