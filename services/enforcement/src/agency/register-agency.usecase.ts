import { BadUserInput, cleanLine, NotFound } from '@casebridge/kernel';
import { type Acting, type RequestContext, type Tx, useCase } from '@casebridge/platform';
import { refuseIfChangedUnderCaller, refuseUnlessExpected } from '../shared/changed-under-caller';
import { textInput } from '../shared/input-text';
import { AgencyEntity } from './agency.entity';
import { AgencyRetired, AgencyTaken, SuperiorCycle } from './agency.errors';
import type { RegisterAgencyInput, RetireAgencyInput, UpdateAgencyInput } from './agency.input';
import { keepsRegistry, RegistryOnly } from './agency.policy';
import { draftOf, lockRegistry, putAgency } from './agency.registry';
import { type AgencyDraft, cycleFrom, faultsOf } from './agency.rule';

interface AgencyNamed {
  readonly code: string;
}
const revive = async (_: Acting, stored: AgencyNamed): Promise<AgencyNamed> => stored;

/** Enters an agency in the registry (机关登记). */
export const registerAgency = useCase<{ input: RegisterAgencyInput }, AgencyNamed>(
  'registerAgency',
  async ({ tx, who, ctx }, { input }) => {
    if (!keepsRegistry(who)) throw new RegistryOnly();
    await lockRegistry(tx);
    const draft: AgencyDraft = {
      code: input.code, name: cleanLine(input.name), nameEn: cleanLine(input.nameEn), functions: input.functions, regions: input.regions,
      superior: input.superior ?? null, status: 'ACTIVE', issuer: input.issuer, jwks: keySet(input.jwks), jwksUri: input.jwksUri ?? null,
      officers: input.officers.map(({ id, roles }) => ({ id, roles })),
    };
    const taken = await tx.em.findOneBy(AgencyEntity, { code: draft.code });
    if (taken) {
      refuseIfChangedUnderCaller(ctx, taken.registeredAt);
      throw new AgencyTaken('code');
    }
    await assertFits(tx, draft);
    await putAgency(tx, draft, null);
    return { code: draft.code };
  },
  { revive },
);

/** Changes what the registry says of an agency (机关变更). */
export const updateAgency = useCase<{ code: string; input: UpdateAgencyInput }, AgencyNamed>(
  'updateAgency',
  async ({ tx, who, ctx }, { code, input }) => {
    if (!keepsRegistry(who)) throw new RegistryOnly();
    const before = await activeForUpdate(tx, ctx, code);
    refuseUnlessExpected(before.version, input.expectedVersion);
    if (input.expectedVersion == null) refuseIfChangedUnderCaller(ctx, before.updatedAt);
    const draft: AgencyDraft = {
      ...draftOf(before),
      ...(input.name == null ? {} : { name: cleanLine(input.name) }),
      ...(input.nameEn == null ? {} : { nameEn: cleanLine(input.nameEn) }),
      ...(input.functions == null ? {} : { functions: input.functions }),
      ...(input.regions == null ? {} : { regions: input.regions }),
      ...(input.issuer == null ? {} : { issuer: input.issuer }),
      ...(input.officers == null ? {} : { officers: input.officers.map(({ id, roles }) => ({ id, roles })) }),
      ...(input.superior === undefined ? {} : { superior: input.superior }),
      ...(input.jwks === undefined ? {} : { jwks: keySet(input.jwks) }),
      ...(input.jwksUri === undefined ? {} : { jwksUri: input.jwksUri }),
    };
    await assertFits(tx, draft);
    await putAgency(tx, draft, before);
    return { code };
  },
  { revive },
);

/** Takes an agency out of service (机关撤销): its tokens are refused, its records stay. */
export const retireAgency = useCase<{ code: string; input: RetireAgencyInput }, AgencyNamed>(
  'retireAgency',
  async ({ tx, who, ctx }, { code, input }) => {
    if (!keepsRegistry(who)) throw new RegistryOnly();
    textInput(input.reason, 'input.reason');
    const before = await activeForUpdate(tx, ctx, code);
    refuseUnlessExpected(before.version, input.expectedVersion);
    await putAgency(tx, { ...draftOf(before), status: 'RETIRED' }, before);
    return { code };
  },
  { revive },
);

async function activeForUpdate(tx: Tx, ctx: RequestContext, code: string): Promise<AgencyEntity> {
  await lockRegistry(tx);
  const found = await tx.em.findOneBy(AgencyEntity, { code });
  if (!found) throw new NotFound('Agency');
  if (found.status === 'RETIRED') {
    refuseIfChangedUnderCaller(ctx, found.updatedAt);
    throw new AgencyRetired();
  }
  return found;
}

/** The record by itself, and beside the others. */
async function assertFits(tx: Tx, draft: AgencyDraft): Promise<void> {
  const [fault] = faultsOf(draft);
  if (fault) throw new BadUserInput(`input.${fault.field}`, fault.rule);
  const issuerOf = await tx.em.findOneBy(AgencyEntity, { issuer: draft.issuer });
  if (issuerOf && issuerOf.code !== draft.code) throw new AgencyTaken('issuer');
  const superiors = new Map((await tx.em.find(AgencyEntity, { select: { code: true, superiorCode: true } })).map((a) => [a.code, a.superiorCode]));
  if (draft.superior !== null && !superiors.has(draft.superior)) throw new BadUserInput('input.superior', 'is not registered');
  superiors.set(draft.code, draft.superior);
  const cycle = cycleFrom(draft.code, (code) => superiors.get(code) ?? null);
  if (cycle) throw new SuperiorCycle(cycle);
}

function keySet(text: string | null | undefined): AgencyDraft['jwks'] {
  if (text == null) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed !== null && typeof parsed === 'object' && 'keys' in parsed) return parsed as NonNullable<AgencyDraft['jwks']>;
  } catch {
    // Told below, like every other text that is no key set.
  }
  throw new BadUserInput('input.jwks', 'must be a JSON Web Key Set');
}
