import { apl2021, Forbidden, uuidv7 } from '@casebridge/kernel';
import { type ActOn, defineAct, lineInput, textInput, type Visible } from '@casebridge/platform';
import { IsNull } from 'typeorm';
import { assertOfficersOf } from '../agency/agency.registry';
import { type AdminCaseEntity, CaseExclusionEntity } from './admin-case.entity';
import { getCaseForUpdate } from './admin-case.loader';
import { saveCase } from './case-access';
import { AlreadyExcluded, NotExcluded } from './case-seal.errors';
import type { CaseExclusionInput } from './case-seal.input';

export interface ExclusionNamed {
  readonly caseId: string;
  readonly agencyCode: string;
  readonly officerId: string;
}
interface Command {
  readonly caseId: string;
  readonly input: CaseExclusionInput;
}
const definition = {
  basis: apl2021('43'),
  /** Holds what the caller gave and no more; a head who excluded himself gets the same answer again. */
  revive: async (_: ActOn, stored: ExclusionNamed): Promise<ExclusionNamed> => stored,
  changed: ({ caseId }: ExclusionNamed) => [caseId],
};

export class OfficersHeadOnly extends Forbidden {
  constructor() {
    super("Only a head of the officer's agency may do this");
  }
}

interface Exclusion {
  readonly found: Visible<AdminCaseEntity>;
  readonly officerId: string;
  readonly reason: string;
  /** How an excluded officer stands on the case. */
  readonly mark: string;
}

/** The case, for a head of the officer's agency, and what the act is about. */
async function exclusionOn(acting: ActOn, { caseId, input }: Command): Promise<Exclusion> {
  const found = await getCaseForUpdate(acting, caseId);
  if (input.agencyCode !== acting.who.agency.code || !acting.who.roles.includes('head')) throw new OfficersHeadOnly();
  const officerId = lineInput(input.officerId, 'input.officerId');
  return { found, officerId, reason: textInput(input.reason, 'input.reason'), mark: `${input.agencyCode}/${officerId}` };
}

/** Excludes an officer from a case (回避): from now on he does not see it, whatever his agency may. */
export const excludeOfficer = defineAct<Command, ExclusionNamed>(
  'excludeOfficer',
  async (acting, command) => {
    const { tx, who } = acting;
    const { caseId, input: { agencyCode } } = command;
    const { found, officerId, reason, mark } = await exclusionOn(acting, command);
    if (found.excluded.includes(mark)) throw new AlreadyExcluded();
    await assertOfficersOf(acting, agencyCode, [officerId], () => 'input.officerId');
    const now = tx.clock.now();
    await tx.em.insert(CaseExclusionEntity, { id: uuidv7(now), caseId, agencyCode, officerId, reason, excludedAt: now, excludedByOfficer: who.officerId });
    found.excluded = [...found.excluded, mark].sort();
    await saveCase(tx, found, { acknowledge: true });
    return { caseId, agencyCode, officerId };
  },
  definition,
);

/** Ends an exclusion (解除回避). */
export const readmitOfficer = defineAct<Command, ExclusionNamed>(
  'readmitOfficer',
  async (acting, command) => {
    const { tx, who } = acting;
    const { caseId, input: { agencyCode } } = command;
    const { found, officerId, reason, mark } = await exclusionOn(acting, command);
    if (!found.excluded.includes(mark)) throw new NotExcluded();
    await tx.em.update(CaseExclusionEntity, { caseId, agencyCode, officerId, readmittedAt: IsNull() }, {
      readmittedAt: tx.clock.now(), readmittedByOfficer: who.officerId, readmittedReason: reason,
    });
    found.excluded = found.excluded.filter((e) => e !== mark);
    await saveCase(tx, found, { acknowledge: true });
    return { caseId, agencyCode, officerId };
  },
  definition,
);
