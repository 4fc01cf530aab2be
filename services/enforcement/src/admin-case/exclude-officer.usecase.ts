import { Forbidden, uuidv7 } from '@casebridge/kernel';
import { type Acting, useCase, type Visible } from '@casebridge/platform';
import { IsNull } from 'typeorm';
import { refuseIfChangedUnderCaller } from '../shared/changed-under-caller';
import { lineInput, textInput } from '../shared/input-text';
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
/** Holds what the caller gave and no more; a head who excluded himself gets the same answer again. */
const revive = async (_: Acting, stored: ExclusionNamed): Promise<ExclusionNamed> => stored;

export class OfficersHeadOnly extends Forbidden {
  constructor() {
    super("Only a head of the officer's agency may do this");
  }
}

async function caseForHead(acting: Acting, { caseId, input }: Command): Promise<Visible<AdminCaseEntity>> {
  const found = await getCaseForUpdate(acting, caseId);
  if (input.agencyCode !== acting.who.agency.code || !acting.who.roles.includes('head')) throw new OfficersHeadOnly();
  return found;
}

/** How an excluded officer stands on the case. */
const mark = (agencyCode: string, officerId: string): string => `${agencyCode}/${officerId}`;

/** Excludes an officer from a case (回避): from now on he does not see it, whatever his agency may. */
export const excludeOfficer = useCase<Command, ExclusionNamed>(
  'excludeOfficer',
  async (acting, command) => {
    const { tx, who, ctx } = acting;
    const { caseId, input: { agencyCode } } = command;
    const found = await caseForHead(acting, command);
    const officerId = lineInput(command.input.officerId, 'input.officerId');
    const reason = textInput(command.input.reason, 'input.reason');
    const entry = mark(agencyCode, officerId);
    if (found.excluded.includes(entry)) {
      refuseIfChangedUnderCaller(ctx, found.updatedAt);
      throw new AlreadyExcluded();
    }
    const now = tx.clock.now();
    await tx.em.insert(CaseExclusionEntity, { id: uuidv7(now), caseId, agencyCode, officerId, reason, excludedAt: now, excludedByOfficer: who.officerId });
    found.excluded = [...found.excluded, entry].sort();
    await saveCase(tx, found, { acknowledge: true });
    return { caseId, agencyCode, officerId };
  },
  { revive },
);

/** Ends an exclusion (解除回避). */
export const readmitOfficer = useCase<Command, ExclusionNamed>(
  'readmitOfficer',
  async (acting, command) => {
    const { tx, who, ctx } = acting;
    const { caseId, input: { agencyCode } } = command;
    const found = await caseForHead(acting, command);
    const officerId = lineInput(command.input.officerId, 'input.officerId');
    const reason = textInput(command.input.reason, 'input.reason');
    const entry = mark(agencyCode, officerId);
    if (!found.excluded.includes(entry)) {
      refuseIfChangedUnderCaller(ctx, found.updatedAt);
      throw new NotExcluded();
    }
    await tx.em.update(CaseExclusionEntity, { caseId, agencyCode, officerId, readmittedAt: IsNull() }, {
      readmittedAt: tx.clock.now(), readmittedByOfficer: who.officerId, readmittedReason: reason,
    });
    found.excluded = found.excluded.filter((e) => e !== entry);
    await saveCase(tx, found, { acknowledge: true });
    return { caseId, agencyCode, officerId };
  },
  { revive },
);
