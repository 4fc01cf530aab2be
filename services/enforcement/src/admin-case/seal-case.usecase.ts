import { randomBytes } from 'node:crypto';
import { BadUserInput, civilDate, Forbidden, uuidv7, yearOf } from '@casebridge/kernel';
import { type Acting, useCase, type Visible } from '@casebridge/platform';
import { IsNull } from 'typeorm';
import { refuseIfChangedUnderCaller } from '../shared/changed-under-caller';
import { lineInput, textInput } from '../shared/input-text';
import { type AdminCaseEntity, CaseSealEntity } from './admin-case.entity';
import { getCaseForUpdate } from './admin-case.loader';
import { saveCase } from './case-access';
import { AlreadySealed, NotSealed } from './case-seal.errors';
import type { SealCaseInput, UnsealCaseInput } from './case-seal.input';
import { sealNumber } from './case-seal.rule';

export interface SealNamed {
  readonly caseId: string;
  readonly number: string;
}

/** Once the case is hidden from the caller, so is what he did with it. */
const revive = async (acting: Acting, stored: SealNamed): Promise<SealNamed> => {
  await getCaseForUpdate(acting, stored.caseId);
  return stored;
};
const longestList = 100;

export class OwnersHeadOnly extends Forbidden {
  constructor() {
    super('Only a head of the agency that handles the case may do this');
  }
}

async function caseOfHead(acting: Acting, caseId: string): Promise<Visible<AdminCaseEntity>> {
  const found = await getCaseForUpdate(acting, caseId);
  if (found.agencyCode !== acting.who.agency.code || !acting.who.roles.includes('head')) throw new OwnersHeadOnly();
  return found;
}

/** Seals a case (密封). It is hidden here at once; it is in force when every service has said that it hides what it has of it. */
export const sealCase = useCase<{ caseId: string; input: SealCaseInput }, SealNamed>(
  'sealCase',
  async (acting, { caseId, input }) => {
    const { tx, who, ctx } = acting;
    const found = await caseOfHead(acting, caseId);
    const now = tx.clock.now();
    const today = civilDate(now);
    if (found.sealedUntil !== null && found.sealedUntil >= today) {
      refuseIfChangedUnderCaller(ctx, found.updatedAt);
      throw new AlreadySealed();
    }
    const basis = textInput(input.basis, 'input.basis');
    if (input.expiresOn < today) throw new BadUserInput('input.expiresOn', 'must not lie in the past');
    const officers = named(input.officers, 'input.officers');
    if (!officers.includes(who.officerId)) throw new BadUserInput('input.officers', 'must name the head who seals');
    const parties = named(input.parties, 'input.parties');
    parties.forEach((code, i) => {
      if (!found.parts.includes(code)) throw new BadUserInput(`input.parties.${i}`, 'has no running part in this case');
    });

    Object.assign(found, { sealedUntil: input.expiresOn, sealOfficers: officers, sealParties: parties });
    await saveCase(tx, found, { acknowledge: true });
    const number = sealNumber(yearOf(today), randomBytes);
    await tx.em.insert(CaseSealEntity, {
      id: uuidv7(now), number, caseId, basis, sealedAt: now, expiresOn: input.expiresOn, officers, parties, sealedByAgency: who.agency.code,
      sealedByOfficer: who.officerId, versionToAcknowledge: found.version, acknowledgedBy: [],
    });
    return { caseId, number };
  },
  { revive },
);

/** Lifts a seal before its last day (解除密封). */
export const unsealCase = useCase<{ caseId: string; input: UnsealCaseInput }, SealNamed>(
  'unsealCase',
  async (acting, { caseId, input }) => {
    const { tx, who, ctx } = acting;
    const found = await caseOfHead(acting, caseId);
    const now = tx.clock.now();
    if (found.sealedUntil === null || found.sealedUntil < civilDate(now)) {
      refuseIfChangedUnderCaller(ctx, found.updatedAt);
      throw new NotSealed();
    }
    const reason = textInput(input.reason, 'input.reason');
    const [seal] = await tx.em.find(CaseSealEntity, { where: { caseId, liftedAt: IsNull() }, order: { sealedAt: 'DESC', id: 'DESC' }, take: 1 });
    if (!seal) throw new NotSealed();
    await tx.em.update(CaseSealEntity, { id: seal.id }, { liftedAt: now, liftedByOfficer: who.officerId, liftedReason: reason });
    Object.assign(found, { sealedUntil: null, sealOfficers: [], sealParties: [] });
    await saveCase(tx, found, { acknowledge: true });
    return { caseId, number: seal.number };
  },
  { revive },
);

function named(codes: readonly string[], field: string): string[] {
  if (codes.length > longestList) throw new BadUserInput(field, `must name at most ${longestList}`);
  return [...new Set(codes.map((code, i) => lineInput(code, `${field}.${i}`)))];
}
