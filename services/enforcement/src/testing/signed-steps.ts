import { type JSONWebKeySet, query, sql, verifySigned } from '@casebridge/platform';
import { stepHash, stepType, type SignedStep } from '../referral/step-signature.rule';
import type { ReferralWorld } from './referral-world';

/** The signed texts of a referral's timeline, in order, each verified with the published keys and chained to the one before; throws where one is not. */
export async function signedSteps(world: ReferralWorld, referralId: string): Promise<SignedStep[]> {
  const rows = await query<{ position: number; jws: string; hash: string }>(world.db.manager, sql`
    select position, jws, hash from referral_step_signature where referral_id = ${referralId} order by position`);
  const keys: JSONWebKeySet = { keys: (await query<{ public_jwk: JSONWebKeySet['keys'][number] }>(world.db.manager, sql`select public_jwk from signing_key`)).map((k) => k.public_jwk) };
  let previous: string | null = null;
  const steps: SignedStep[] = [];
  for (const { hash, jws, position } of rows) {
    const { text } = await verifySigned(jws, stepType, keys);
    const step = JSON.parse(text) as SignedStep;
    if (step.position !== position || step.position !== steps.length + 1 || step.previous !== previous || stepHash(text) !== hash) throw new Error(`step ${position} breaks the chain`);
    previous = hash;
    steps.push(step);
  }
  return steps;
}
