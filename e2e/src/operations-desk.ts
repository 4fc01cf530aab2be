import { randomUUID } from 'node:crypto';
import type { HubClient } from './client';
import { referralActs } from './operations';
import type { Stack } from './stack';

/** An answer of the graph, read by the assertions. */
type Json = ReturnType<typeof JSON.parse>;
interface Referral {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly dueAt: string | null;
}

export const filing = 'MRA-210100';
export const police = 'PSB-210100';
export const procuratorate = 'PPO-210100';

/** A day in China, so many days from today. */
export const day = (offset = 0): string => new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);

/** The acts on referrals, sent as clients send them, by the officers whose acts they are. */
export class Desk {
  private constructor(
    readonly officer: HubClient,
    readonly head: HubClient,
    readonly police: HubClient,
  ) {}

  static async of(hub: Stack): Promise<Desk> {
    return new Desk(await hub.as(filing, 2), await hub.as(filing, 1), await hub.as(police, 2));
  }

  async act(client: HubClient, name: string, variables: Record<string, unknown>): Promise<Referral> {
    const data = await client.data<Json>(referralActs, { ...variables, key: randomUUID() }, name);
    return Object.values<Json>(data)[0].referral;
  }

  /** A case under investigation of the filing agency, to which nothing was done yet. */
  async freshCase(): Promise<string> {
    const { cases } = await this.head.data<Json>(`{ cases(first: 100, filter: { status: [INVESTIGATING], agency: "${filing}" }) {
      nodes { id referral { id } penaltyDecision { id } enterprise { uscc } } } }`);
    const found = cases.nodes.find((c: Json) => !c['referral'] && !c['penaltyDecision'] && c['enterprise']);
    if (!found) throw new Error('the demo has too few cases under investigation');
    return found.id;
  }

  async submitted(): Promise<string> {
    const input = { charge: 'FAKE_DRUGS', facts: '【演示】货值明显较大', taskForce: [`${filing}-2`, `${filing}-3`] };
    return (await this.act(this.officer, 'SubmitReferralReport', { caseId: await this.freshCase(), input })).id;
  }

  /** Before the police, which have signed for it. */
  async received(): Promise<string> {
    const id = await this.submitted();
    await this.act(this.head, 'ApproveReferral', { id, input: {} });
    const documents = await Promise.all(['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST', 'TEST_REPORT'].map(async (kind) => ({
      kind, title: `【演示】${kind}`, fileId: (await this.officer.upload(`${kind} ${id}`)).id,
    })));
    await this.act(this.officer, 'TransferReferral', { id, input: { policeAgency: police, procuratorateAgency: procuratorate, documents } });
    await this.act(this.police, 'SignReferralReceipt', { id, input: { receiptNo: '演示回执' } });
    return id;
  }

  /** Decides on a case and says that the decision was served today. */
  async decide(caseId: string, documentNo: string): Promise<void> {
    await this.head.data(`mutation D($id: ID!, $input: RecordPenaltyDecisionInput!, $key: ID!) {
      recordPenaltyDecision(caseId: $id, input: $input, idempotencyKey: $key) { penaltyDecision { id } } }`, {
      id: caseId, key: randomUUID(), input: {
        documentNo, decidedOn: day(), servedOn: day(), tier: 'ORDINARY', noPersonalPenaltyReason: '【演示】无直接责任人员',
        items: [{ kind: 'FINE', partyKind: 'ENTITY', amountFen: 20_000_000, basis: { instrument: '药品管理法', article: '126' } }],
      },
    });
  }
}
