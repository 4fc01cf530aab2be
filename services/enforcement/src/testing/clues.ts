import type { ClueStatus } from '@casebridge/contracts';
import type { Principal } from '@casebridge/kernel';
import type { Answer } from '@casebridge/testkit';
import { officer } from '@casebridge/testkit';
import { ClueActEntity, ClueEntity } from '../clue';
import type { ClueActName } from '../clue/clue.machine';
import { sendAct } from './acts';
import { filing, head, type Input, type ReferralWorld, regulator } from './referral-world';
import { dataOf, demoUscc } from './world';

export interface ClueView {
  readonly id: string;
  readonly version: number;
  readonly status: ClueStatus;
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly case: { readonly id: string; readonly caseNo: string; readonly status: string } | null;
}

/** The other city, whose bureau gets what the first one transfers. */
export const receiver = 'MRA-210200';
export const receiving = officer(receiver, 2);

let serial = 0;
const next = (): number => (serial += 1);

export const clueInput = (changes: Input = {}): Input => ({
  source: 'INSPECTION', receivedAt: '2026-11-20T02:00:00.000Z', region: '210102', enterpriseUscc: demoUscc, partyName: '演示甲药业有限公司', productKind: 'DRUG',
  productNames: ['演示片'], batchNo: `演示${next()}`, facts: '演示：检查发现涉嫌销售劣药。', suspectedArticles: [{ instrument: '中华人民共和国药品管理法', article: '117' }], ...changes,
});

export const filingInput = (changes: Input = {}): Input => ({
  conditions: { primaFacieEvidence: true, penaltyDue: true, ownJurisdiction: true, withinLimitation: true }, caseNo: `演示市监立〔2026〕${70_000 + next()}号`,
  officers: [`${filing}-2`, `${filing}-3`], violationType: 'SUBSTANDARD_DRUGS', domain: 'DRUG', ...changes,
});

const selection = 'clue { id version status dueAt overdue case { id caseNo status } }';

/** An act on a clue; `id` is null for the act that records it. */
export const tryClue = (
  world: ReferralWorld, act: ClueActName, who: Principal, id: string | null, input: Input = {}, more: Input = {}, receivedAt?: Date,
): Promise<Answer<Record<string, { clue: ClueView }>>> =>
  sendAct(world, who, act, { ...(id === null ? {} : { clueId: id }), input, ...more }, { selection, receivedAt });

/** The same for an act that must succeed; a minute goes by after it. */
export async function doClue(world: ReferralWorld, act: ClueActName, who: Principal, id: string | null, input: Input = {}): Promise<ClueView> {
  const { clue } = dataOf(await tryClue(world, act, who, id, input))[act] as { clue: ClueView };
  world.pass(60_000);
  return clue;
}

/** A clue of `filing` in a state, by the shortest way; received two days ago. */
export async function clueIn(world: ReferralWorld, status: ClueStatus, changes: Input = {}): Promise<string> {
  const daysAgo = (n: number): string => new Date(world.clock.now().getTime() - n * 86_400_000).toISOString();
  const older = status === 'MERGED' ? (await doClue(world, 'recordClue', regulator, null, clueInput({ receivedAt: daysAgo(3) }))).id : '';
  const { id } = await doClue(world, 'recordClue', regulator, null, clueInput({ receivedAt: daysAgo(2), ...changes }));
  if (status === 'RECEIVED') return id;
  if (status === 'TRANSFERRED') await doClue(world, 'transferClue', head, id, { agency: receiver, reasons: '演示：不属于本机关管辖。' });
  else if (status === 'MERGED') await doClue(world, 'mergeClue', regulator, id, { into: older, reasons: '演示：同一事项。' });
  else if (status === 'AWAITING_TEST') await doClue(world, 'sendClueForTesting', regulator, id, { kind: 'INSPECTION', testedBy: '演示药品检验院' });
  else {
    await doClue(world, 'beginClueVerification', regulator, id);
    if (status === 'FILED') await doClue(world, 'fileCase', head, id, filingInput());
    if (status === 'NOT_FILED') await doClue(world, 'declineToFileCase', head, id, { ground: 'FIRST_OFFENCE_MINOR', reasons: '演示：初次违法。' });
  }
  return id;
}

export const clueRow = (world: ReferralWorld, id: string): Promise<ClueEntity> => world.db.getRepository(ClueEntity).findOneByOrFail({ id });

export const clueHistory = (world: ReferralWorld, clueId: string): Promise<ClueActEntity[]> =>
  world.db.getRepository(ClueActEntity).find({ where: { clueId }, order: { position: 'ASC' } });

/** What the service has said about a subject, in the order of writing. */
export const saidOf = (world: ReferralWorld, subject: string): Promise<{ type: string; data: Record<string, unknown> }[]> =>
  world.db.query('select type, data from outbox_event where subject = $1 order by seq', [subject]);

export { filing, head, regulator };
