import { officerRevoked, tokenRevoked } from '@casebridge/contracts';
import { BadUserInput, NotFound, uuidv7 } from '@casebridge/kernel';
import { type Acting, query, sql, type Tx, useCase } from '@casebridge/platform';
import { refuseIfChangedUnderCaller } from '../shared/changed-under-caller';
import { lineInput, textInput } from '../shared/input-text';
import { RevokedOfficerEntity, RevokedTokenEntity } from './agency.entity';
import { TokenAlreadyRevoked } from './agency.errors';
import type { RevokeOfficerInput, RevokeTokenInput } from './agency.input';
import { HeadOrRegistryOnly, mayRevokeIn } from './agency.policy';

export interface TokenRevocation {
  readonly agencyCode: string;
  readonly tokenId: string;
}
export interface OfficerRevocation {
  readonly agencyCode: string;
  readonly officerId: string;
  /** ISO instant. */
  readonly revokedAt: string;
}
const revive = async <R>(_: Acting, stored: R): Promise<R> => stored;

/** Takes one token back (吊销令牌): it is worth nothing anywhere within two seconds. */
export const revokeToken = useCase<{ tokenId: string; input: RevokeTokenInput }, TokenRevocation>(
  'revokeToken',
  async ({ tx, who, ctx }, { tokenId, input }) => {
    const agencyCode = input.agencyCode ?? who.agency.code;
    if (!mayRevokeIn(who, agencyCode)) throw new HeadOrRegistryOnly();
    await lockAgency(tx, agencyCode);
    const now = tx.clock.now();
    const id = lineInput(tokenId, 'tokenId');
    if (input.until.getTime() <= now.getTime()) throw new BadUserInput('input.until', 'must lie in the future: the token has ended by itself');
    const reason = textInput(input.reason, 'input.reason');
    const before = await tx.em.findOneBy(RevokedTokenEntity, { agencyCode, tokenId: id });
    if (before) {
      refuseIfChangedUnderCaller(ctx, before.revokedAt);
      throw new TokenAlreadyRevoked();
    }
    await tx.em.insert(RevokedTokenEntity, {
      agencyCode, tokenId: id, until: input.until, reason, revokedAt: now, revokedByAgency: who.agency.code, revokedByOfficer: who.officerId,
    });
    await tx.emit({ type: tokenRevoked.type, subject: `agency:${agencyCode}`, data: { tokenId: id, agencyCode, until: input.until.toISOString() } });
    return { agencyCode, tokenId: id };
  },
  { revive },
);

/** Takes back every token that an officer holds (停用工作人员令牌); tokens issued later count again. */
export const revokeOfficer = useCase<{ agencyCode: string; officerId: string; input: RevokeOfficerInput }, OfficerRevocation>(
  'revokeOfficer',
  async ({ tx, who, ctx }, { agencyCode, officerId, input }) => {
    if (!mayRevokeIn(who, agencyCode)) throw new HeadOrRegistryOnly();
    await lockAgency(tx, agencyCode);
    const now = tx.clock.now();
    const id = lineInput(officerId, 'officerId');
    const reason = textInput(input.reason, 'input.reason');
    const last = await tx.em.findOne(RevokedOfficerEntity, { where: { agencyCode, officerId: id }, order: { revokedAt: 'DESC' } });
    refuseIfChangedUnderCaller(ctx, last?.revokedAt ?? null);
    await tx.em.insert(RevokedOfficerEntity, {
      id: uuidv7(now), agencyCode, officerId: id, reason, revokedAt: now, revokedByAgency: who.agency.code, revokedByOfficer: who.officerId,
    });
    const revocation = { agencyCode, officerId: id, revokedAt: now.toISOString() };
    await tx.emit({ type: officerRevoked.type, subject: `agency:${agencyCode}`, data: revocation });
    return revocation;
  },
  { revive },
);

/** Revocations within one agency follow one another. */
async function lockAgency(tx: Tx, code: string): Promise<void> {
  const [found] = await query(tx.em, sql`select 1 from agency where code = ${code} for update`);
  if (!found) throw new NotFound('Agency');
}
