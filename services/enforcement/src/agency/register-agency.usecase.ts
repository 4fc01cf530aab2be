import { BadUserInput, cleanLine, houseRule, NotFound } from '@casebridge/kernel';
import { type ActOn, assertVersion, defineAct, textInput, type Tx } from '@casebridge/platform';
import { AgencyEntity } from './agency.entity';
import { AgencyRetired, AgencyTaken, SuperiorCycle } from './agency.errors';
import type { RegisterAgencyInput, RetireAgencyInput, UpdateAgencyInput } from './agency.input';
import { keepsRegistry, RegistryOnly } from './agency.policy';
import { draftOf, lockRegistry, putAgency } from './agency.registry';
import { type AgencyDraft, cycleFrom, faultsOf } from './agency.rule';

interface AgencyNamed {
  readonly code: string;
}
const definition = {
  basis: houseRule('机关名录'),
  revive: async (_: ActOn, stored: AgencyNamed): Promise<AgencyNamed> => stored,
  changed: ({ code }: AgencyNamed) => [code],
};

/** Enters an agency in the registry (机关登记). */
export const registerAgency = defineAct<{ input: RegisterAgencyInput }, AgencyNamed>(
  'registerAgency',
  async ({ tx, who, target }, { input }) => {
    if (!keepsRegistry(who)) throw new RegistryOnly();
    await lockRegistry(tx);
    const draft: AgencyDraft = {
      code: input.code, name: cleanLine(input.name), nameEn: cleanLine(input.nameEn), functions: input.functions, regions: input.regions,
      superior: input.superior ?? null, status: 'ACTIVE', issuer: input.issuer, jwks: keySet(input.jwks), jwksUri: input.jwksUri ?? null,
      officers: input.officers.map(({ id, roles }) => ({ id, roles })),
    };
    const taken = await tx.em.findOneBy(AgencyEntity, { code: draft.code });
    if (taken) {
      target.is({ id: taken.code, state: taken.status, changedAt: taken.registeredAt });
      throw new AgencyTaken('code', taken.status);
    }
    await assertFits(tx, draft);
    await putAgency(tx, draft, null);
    return { code: draft.code };
  },
  definition,
);

/** Changes what the registry says of an agency (机关变更). */
export const updateAgency = defineAct<{ code: string; input: UpdateAgencyInput }, AgencyNamed>(
  'updateAgency',
  async (acting, { code, input }) => {
    const { tx, target } = acting;
    const before = await activeForUpdate(acting, code);
    assertVersion(before.version, input.expectedVersion);
    if (input.expectedVersion == null) await target.refuseIfOvertaken(tx.em);
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
  definition,
);

/** Takes an agency out of service (机关撤销): its tokens are refused, its records stay. */
export const retireAgency = defineAct<{ code: string; input: RetireAgencyInput }, AgencyNamed>(
  'retireAgency',
  async (acting, { code, input }) => {
    const { tx } = acting;
    const before = await activeForUpdate(acting, code);
    textInput(input.reason, 'input.reason');
    assertVersion(before.version, input.expectedVersion);
    await putAgency(tx, { ...draftOf(before), status: 'RETIRED' }, before);
    return { code };
  },
  definition,
);

/**
 * The entry of an agency that is in service, held until the act is done. Its state is told to all, as the registry is.
 *
 * @throws RegistryOnly, NotFound, AgencyRetired
 */
async function activeForUpdate({ tx, who, target }: ActOn, code: string): Promise<AgencyEntity> {
  const seen = await tx.em.findOneBy(AgencyEntity, { code });
  if (seen) target.is({ id: code, state: seen.status, changedAt: seen.updatedAt });
  if (!keepsRegistry(who)) throw new RegistryOnly();
  await lockRegistry(tx);
  const found = await tx.em.findOneBy(AgencyEntity, { code });
  if (!found) throw new NotFound('Agency');
  target.is({ id: code, state: found.status, changedAt: found.updatedAt, changedMeanwhile: found.version !== seen?.version });
  if (found.status === 'RETIRED') throw new AgencyRetired();
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
