import { officerRevoked, tokenRevoked } from '@casebridge/contracts';
import { BadUserInput, houseRule, NotFound, uuidv7 } from '@casebridge/kernel';
import { type ActOn, defineAct, lineInput, query, sql, textInput } from '@casebridge/platform';
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
const basis = houseRule('令牌吊销');
const revive = async <R>(_: ActOn, stored: R): Promise<R> => stored;
const tokenKey = ({ agencyCode, tokenId }: TokenRevocation): string => `${agencyCode} token ${tokenId}`;
const officerKey = ({ agencyCode, officerId }: Pick<OfficerRevocation, 'agencyCode' | 'officerId'>): string => `${agencyCode} officer ${officerId}`;

/** Takes one token back (吊销令牌): it is worth nothing anywhere within two seconds. */
export const revokeToken = defineAct<{ tokenId: string; input: RevokeTokenInput }, TokenRevocation>(
  'revokeToken',
  async (acting, { tokenId, input }) => {
    const { tx, who, target } = acting;
    const agencyCode = input.agencyCode ?? who.agency.code;
    await holdAgency(acting, agencyCode);
    const now = tx.clock.now();
    const id = lineInput(tokenId, 'tokenId');
    if (input.until.getTime() <= now.getTime()) throw new BadUserInput('input.until', 'must lie in the future: the token has ended by itself');
    const reason = textInput(input.reason, 'input.reason');
    const before = await tx.em.findOneBy(RevokedTokenEntity, { agencyCode, tokenId: id });
    if (before) {
      target.is({ id: tokenKey(before), state: 'REVOKED', changedAt: before.revokedAt });
      throw new TokenAlreadyRevoked();
    }
    await tx.em.insert(RevokedTokenEntity, {
      agencyCode, tokenId: id, until: input.until, reason, revokedAt: now, revokedByAgency: who.agency.code, revokedByOfficer: who.officerId,
    });
    await tx.emit({ type: tokenRevoked.type, subject: `agency:${agencyCode}`, data: { tokenId: id, agencyCode, until: input.until.toISOString() } });
    return { agencyCode, tokenId: id };
  },
  { basis, revive, changed: (done) => [tokenKey(done)] },
);

/** Takes back every token that an officer holds (停用工作人员令牌); tokens issued later count again. */
export const revokeOfficer = defineAct<{ agencyCode: string; officerId: string; input: RevokeOfficerInput }, OfficerRevocation>(
  'revokeOfficer',
  async (acting, { agencyCode, officerId, input }) => {
    const { tx, who, target } = acting;
    const state = await holdAgency(acting, agencyCode);
    const now = tx.clock.now();
    const id = lineInput(officerId, 'officerId');
    const reason = textInput(input.reason, 'input.reason');
    const last = await tx.em.findOne(RevokedOfficerEntity, { where: { agencyCode, officerId: id }, order: { revokedAt: 'DESC' } });
    if (last) {
      target.is({ id: officerKey(last), state, changedAt: last.revokedAt });
      await target.refuseIfOvertaken(tx.em);
    }
    await tx.em.insert(RevokedOfficerEntity, {
      id: uuidv7(now), agencyCode, officerId: id, reason, revokedAt: now, revokedByAgency: who.agency.code, revokedByOfficer: who.officerId,
    });
    const revocation = { agencyCode, officerId: id, revokedAt: now.toISOString() };
    await tx.emit({ type: officerRevoked.type, subject: `agency:${agencyCode}`, data: revocation });
    return revocation;
  },
  { basis, revive, changed: (done) => [officerKey(done)] },
);

/**
 * The agency, held until the act is done: revocations within one agency follow one another. Its state is told to all, as the registry is.
 *
 * @returns its state
 * @throws HeadOrRegistryOnly, NotFound
 */
async function holdAgency({ tx, who, target }: ActOn, code: string): Promise<string> {
  const agency = sql`select status, updated_at from agency where code = ${code}`;
  const [seen] = await query<{ status: string; updated_at: Date }>(tx.em, agency);
  if (seen) target.is({ id: code, state: seen.status, changedAt: seen.updated_at });
  if (!mayRevokeIn(who, code)) throw new HeadOrRegistryOnly();
  const [held] = await query<{ status: string }>(tx.em, sql`${agency} for update`);
  if (!held) throw new NotFound('Agency');
  return held.status;
}
