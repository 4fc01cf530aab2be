import { randomBytes } from 'node:crypto';
import { BadUserInput, civilDate, houseRule, uuidv7, yearOf } from '@casebridge/kernel';
import { defineAct, lineInput, textInput } from '@casebridge/platform';
import { IsNull } from 'typeorm';
import { assertOfficersOf } from '../agency/agency.registry';
import { CaseSealEntity } from './admin-case.entity';
import { getCaseForHead, ifCaseIsOpen } from './admin-case.loader';
import { saveCase } from './case-access';
import { AlreadySealed, NotSealed } from './case-seal.errors';
import type { SealCaseInput, UnsealCaseInput } from './case-seal.input';
import { sealNumber } from './case-seal.rule';

export interface SealNamed {
  readonly caseId: string;
  readonly number: string;
}

const definition = {
  basis: houseRule('案件密封'),
  revive: ifCaseIsOpen<SealNamed>,
  changed: ({ caseId }: SealNamed) => [caseId],
};
const longestList = 100;

/** Seals a case (密封). It is hidden here at once; it is in force when every service has said that it hides what it has of it. */
export const sealCase = defineAct<{ caseId: string; input: SealCaseInput }, SealNamed>(
  'sealCase',
  async (acting, { caseId, input }) => {
    const { tx, who } = acting;
    const found = await getCaseForHead(acting, caseId);
    const now = tx.clock.now();
    const today = civilDate(now);
    if (found.sealedUntil !== null && found.sealedUntil >= today) throw new AlreadySealed();
    const basis = textInput(input.basis, 'input.basis');
    if (input.expiresOn < today) throw new BadUserInput('input.expiresOn', 'must not lie in the past');
    const officers = named(input.officers, 'input.officers');
    await assertOfficersOf(acting, found.agencyCode, officers, (i) => `input.officers.${i}`);
    if (!officers.includes(who.officerId)) throw new BadUserInput('input.officers', 'must name the head who seals');
    const parties = named(input.parties, 'input.parties');
    parties.forEach((code, i) => {
      if (!found.parts.includes(code)) throw new BadUserInput(`input.parties.${i}`, 'has no running part in this case');
    });

    Object.assign(found, { sealedUntil: input.expiresOn, sealOfficers: [...new Set(officers)], sealParties: [...new Set(parties)] });
    await saveCase(tx, found, { acknowledge: true });
    const number = sealNumber(yearOf(today), randomBytes);
    await tx.em.insert(CaseSealEntity, {
      id: uuidv7(now), number, caseId, basis, sealedAt: now, expiresOn: input.expiresOn, officers: found.sealOfficers, parties: found.sealParties, sealedByAgency: who.agency.code,
      sealedByOfficer: who.officerId, versionToAcknowledge: found.version, acknowledgedBy: [],
    });
    return { caseId, number };
  },
  definition,
);

/** Lifts a seal before its last day (解除密封). */
export const unsealCase = defineAct<{ caseId: string; input: UnsealCaseInput }, SealNamed>(
  'unsealCase',
  async (acting, { caseId, input }) => {
    const { tx, who } = acting;
    const found = await getCaseForHead(acting, caseId);
    const now = tx.clock.now();
    if (found.sealedUntil === null || found.sealedUntil < civilDate(now)) throw new NotSealed();
    const reason = textInput(input.reason, 'input.reason');
    const [seal] = await tx.em.find(CaseSealEntity, { where: { caseId, liftedAt: IsNull() }, order: { sealedAt: 'DESC', id: 'DESC' }, take: 1 });
    if (!seal) throw new NotSealed();
    await tx.em.update(CaseSealEntity, { id: seal.id }, { liftedAt: now, liftedByOfficer: who.officerId, liftedReason: reason });
    Object.assign(found, { sealedUntil: null, sealOfficers: [], sealParties: [] });
    await saveCase(tx, found, { acknowledge: true });
    return { caseId, number: seal.number };
  },
  definition,
);

function named(codes: readonly string[], field: string): string[] {
  if (codes.length > longestList) throw new BadUserInput(field, `must name at most ${longestList}`);
  return codes.map((code, i) => lineInput(code, `${field}.${i}`));
}
