import type { DisclosureStatus, PenaltyDecided, PenaltyOverturned } from '@casebridge/contracts';
import { addDays } from '@casebridge/kernel';
import { query, sql } from '@casebridge/platform';
import type { DisclosureActEntity, DisclosureTombstoneEntity } from '../disclosure/disclosure-act.entity';
import { stopShowing } from '../disclosure/disclosure-record.repository';
import { clerk, head, ListingWorld } from './listing-world';
import { officerFrom } from './world';

/** Another officer of the authority: what one asks for, or has written, another decides or reviews. */
export const reviewer = officerFrom('DRUG-own', ['officer'], 3);
/** A party whose code was given in another province. */
export const fromElsewhere = '91220102MA0000001X';

type Inputs = Readonly<Record<string, () => Readonly<Record<string, unknown>>>>;

/** Acts on the publication of decisions with inputs that are in order on the day of the clock. */
export class DisclosureWorld {
  private constructor(readonly hub: ListingWorld) {}

  static async start(): Promise<DisclosureWorld> {
    return DisclosureWorld.on(await ListingWorld.start());
  }

  /** In a world that stands already. */
  static on(hub: ListingWorld): DisclosureWorld {
    return new DisclosureWorld(hub);
  }

  readonly inputs = {
    storeDisclosureText: () => ({ text: '行政处罚决定书\n当事人：示例药业有限公司\n联系电话：13800138000\n处罚如下。' }),
    clearDisclosure: () => ({ opinion: '可以公示。' }),
    withholdDisclosure: () => ({ ground: 'SAFETY', reasons: '涉及国家安全。' }),
    recordDisclosurePush: () => ({ pushedOn: this.hub.today }),
    proposeDisclosureCorrection: () => ({ partyName: '示例药业（沈阳）有限公司', correction: '当事人名称有误，予以更正。', proof: '营业执照复印件。' }),
    approveDisclosureCorrection: () => ({ opinion: '同意。' }),
    rejectDisclosureCorrection: () => ({ reasons: '证明不足。' }),
    proposeDisclosureWithdrawal: () => ({ cause: 'NOT_TO_BE_DISCLOSED', causeOn: this.hub.today, reasons: '不属于公示范围。' }),
    approveDisclosureWithdrawal: () => ({}),
    rejectDisclosureWithdrawal: () => ({ reasons: '应当公示。' }),
    deferDisclosure: () => ({ basis: { instrument: '中华人民共和国药品管理法', article: '106' }, reasons: '公示将暴露侦查。', reviewOn: addDays(this.hub.today, 30) }),
    reviewDisclosureDeferral: () => ({ reasons: '侦查仍在进行。', reviewOn: addDays(this.hub.today, 30) }),
    liftDisclosureDeferral: () => ({ reasons: '侦查已经结束。' }),
  } as const satisfies Inputs;

  /** A decision that was served, and its record. */
  async decided(more: Partial<PenaltyDecided> = {}): Promise<{ readonly id: string; readonly event: PenaltyDecided }> {
    const event = await this.hub.world.decide(more);
    return { id: await this.recordOf(event.decisionId), event };
  }

  async recordOf(decisionId: string): Promise<string> {
    const [row] = await query<{ id: string }>(this.em, sql`select id from disclosure_record where decision_id = ${decisionId}`);
    return row?.id ?? '';
  }

  /** A record in a state, come there by the acts that lead to it. */
  async given(status: DisclosureStatus, more: Partial<PenaltyDecided> = {}): Promise<string> {
    const { id, event } = await this.decided(more);
    const { hub, inputs } = this;
    switch (status) {
      case 'CORRECTION_PROPOSED': await hub.must(clerk, 'proposeDisclosureCorrection', id, inputs.proposeDisclosureCorrection()); break;
      case 'WITHDRAWAL_PROPOSED': await hub.must(clerk, 'proposeDisclosureWithdrawal', id, inputs.proposeDisclosureWithdrawal()); break;
      case 'WITHHELD':
        await hub.must(clerk, 'proposeDisclosureWithdrawal', id, inputs.proposeDisclosureWithdrawal());
        await hub.must(head, 'withholdDisclosure', id, inputs.withholdDisclosure());
        break;
      case 'WITHDRAWN': await this.overturn(event); break;
      case 'DEFERRED': await this.deferral(event.caseId); break;
      case 'STOPPED': await hub.world.dataSource.transaction((em) => stopShowing(em, event.decisionId, { at: hub.world.clock.now() })); break;
      case 'EXPIRED': hub.days(4 * 366); break;
      default: break;
    }
    return id;
  }

  /** Defers publication of a case. */
  async deferral(caseId: string): Promise<string> {
    const { errors } = await this.hub.act(head, 'deferDisclosure', { caseId, input: this.inputs.deferDisclosure() });
    if (errors) throw new Error(JSON.stringify(errors));
    const [row] = await query<{ id: string }>(this.em, sql`select id from disclosure_deferral where case_id = ${caseId} order by ordered_at desc limit 1`);
    return row?.id ?? '';
  }

  /** Enforcement tells that a decision no longer stands. */
  overturn(event: PenaltyDecided, more: Partial<PenaltyOverturned> = {}): Promise<void> {
    return this.hub.world.overturn(event, more);
  }

  async actsOf(id: string): Promise<Pick<DisclosureActEntity, 'act' | 'status' | 'met' | 'detail'>[]> {
    return query(this.em, sql`select act, status, met, detail from disclosure_act where coalesce(record_id, deferral_id) = ${id} order by position`);
  }

  async tombstones(id: string): Promise<Pick<DisclosureTombstoneEntity, 'reason' | 'goneOn'>[]> {
    return query(this.em, sql`select reason, gone_on::text as "goneOn" from disclosure_tombstone where record_id = ${id} order by at, reason`);
  }

  /** What was said of the record's case, by type. */
  async told(caseId: string, type: string): Promise<Record<string, unknown>[]> {
    const rows = await query<{ data: Record<string, unknown> }>(this.em, sql`select data from outbox_event where subject = ${`case:${caseId}`} and type = ${type} order by seq`);
    return rows.map((row) => row.data);
  }

  async ask<T>(who: Parameters<ListingWorld['world']['as']>[0], text: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data, errors } = await this.hub.world.as(who).send<T>(text, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data as T;
  }

  get em() {
    return this.hub.world.dataSource.manager;
  }

  stop(): Promise<void> {
    return this.hub.stop();
  }
}
