import type { PenaltyDecided, RepairKind, RepairStatus } from '@casebridge/contracts';
import { addDays, addMonths, addYears, type AgencyReader } from '@casebridge/kernel';
import { query, sql } from '@casebridge/platform';
import type { CreditRepairEntity } from '../repair/repair.entity';
import { type Args, clerk, head, ListingWorld } from './listing-world';
import { officerFrom } from './world';

/** Of the province where the party is registered. */
export const registry = officerFrom('MARKET-own');

/** Acts on repairs with inputs that are in order on the day of the clock. */
export class RepairWorld {
  private constructor(readonly hub: ListingWorld) {}

  static async start(): Promise<RepairWorld> {
    return new RepairWorld(await ListingWorld.start());
  }

  get today(): string {
    return this.hub.today;
  }

  /** A published penalty of a drug, shown for a year at least. */
  async record(more: Partial<PenaltyDecided> = {}): Promise<{ id: string; event: PenaltyDecided }> {
    const event = await this.hub.world.decide({ decidedOn: addDays(this.today, -5), servedOn: addDays(this.today, -2), ...more });
    const [row] = await query<{ id: string }>(this.hub.world.dataSource.manager, sql`select id from disclosure_record where decision_id = ${event.decisionId}`);
    return { id: row?.id ?? '', event };
  }

  /** Time goes by until the record may be repaired. */
  year(): void {
    this.hub.world.clock.set(new Date(`${addDays(addYears(this.today, 1), 2)}T10:00:00+08:00`));
  }

  threeMonths(): void {
    this.hub.world.clock.set(new Date(`${addDays(addMonths(this.today, 3), 2)}T10:00:00+08:00`));
  }

  /** Inputs that are lawful now. */
  readonly inputs = {
    applyForCreditRepair: () => ({
      kind: 'ORDINARY', appliedOn: this.today, documents: ['APPLICATION', 'COMMITMENT', 'RECTIFICATION_PROOF'], dutiesPerformed: '罚款已缴清。', harmRemoved: '产品已召回。',
      registryAgency: 'MARKET-own',
    }),
    requestRepairCorrections: () => ({ documents: ['COMMITMENT'] }),
    recordRepairCorrections: () => ({ documents: ['COMMITMENT'], receivedOn: this.today }),
    declineRepairApplication: () => ({ ground: 'WITHDRAWN', reasons: '申请人撤回申请。' }),
    acceptRepairApplication: () => ({}),
    extendRepairDecision: () => ({ reasons: '需要核实。' }),
    grantCreditRepair: () => ({ opinion: '符合条件。' }),
    refuseCreditRepair: () => ({ ground: 'NOT_RECTIFIED', reasons: '危害后果未消除。' }),
    grantTemporaryRepair: () => ({}),
    endTemporaryRepair: () => ({ reasons: '重整计划不能执行。' }),
    executeCreditRepair: () => ({}),
    notifyCreditRepair: () => ({ receiptNo: '示例回执1' }),
    acknowledgeCreditRepair: () => ({ receiptNo: '示例回执2' }),
    revokeCreditRepair: () => ({ reasons: '提供虚假材料。' }),
    recordDeregistration: () => ({ deregisteredOn: this.today, receiptNo: '示例注销1' }),
  } as const satisfies Readonly<Record<string, () => Args>>;

  readonly restructuring = (): Args => ({ ...this.inputs.applyForCreditRepair(), kind: 'RESTRUCTURING', documents: ['APPLICATION', 'COMMITMENT', 'RESTRUCTURING_RULING'] });

  /** @throws Error when it is refused */
  async open(disclosureId: string, act: 'applyForCreditRepair' | 'recordDeregistration', input: Args = this.inputs[act](), who: AgencyReader = clerk): Promise<string> {
    const { errors } = await this.hub.act(who, act, { disclosureId, input });
    if (errors) throw new Error(`${act}: ${JSON.stringify(errors)}`);
    const [row] = await query<{ id: string }>(this.hub.world.dataSource.manager, sql`
      select id from credit_repair where disclosure_id = ${disclosureId} order by created_at desc, id desc limit 1`);
    return row?.id ?? '';
  }

  private readonly steps: Readonly<Record<Exclude<RepairStatus, 'RECEIVED'>, readonly [before: RepairStatus, act: Exclude<keyof RepairWorld['inputs'], 'applyForCreditRepair' | 'recordDeregistration'>, who: AgencyReader]>> = {
    CORRECTIONS_REQUESTED: ['RECEIVED', 'requestRepairCorrections', clerk],
    NOT_ACCEPTED: ['RECEIVED', 'declineRepairApplication', head],
    ACCEPTED: ['RECEIVED', 'acceptRepairApplication', clerk],
    REFUSED: ['ACCEPTED', 'refuseCreditRepair', head],
    TEMPORARY: ['ACCEPTED', 'grantTemporaryRepair', head],
    ENDED: ['TEMPORARY', 'endTemporaryRepair', head],
    GRANTED: ['ACCEPTED', 'grantCreditRepair', head],
    REPAIRED: ['GRANTED', 'executeCreditRepair', clerk],
    NOTIFIED: ['REPAIRED', 'notifyCreditRepair', clerk],
    SYNCHRONISED: ['NOTIFIED', 'acknowledgeCreditRepair', registry],
    REVOKED: ['SYNCHRONISED', 'revokeCreditRepair', head],
  };

  /** The kind of application by which a state is come to. */
  private kindFor(status: RepairStatus): RepairKind {
    return status === 'TEMPORARY' || status === 'ENDED' ? 'RESTRUCTURING' : 'ORDINARY';
  }

  /** A repair in a state, come there by the acts that lead to it, a year after the publication. */
  async given(status: RepairStatus, more: Partial<PenaltyDecided> = {}, kind = this.kindFor(status)): Promise<string> {
    if (status === 'RECEIVED') {
      const { id } = await this.record(more);
      this.year();
      return this.open(id, 'applyForCreditRepair', kind === 'RESTRUCTURING' ? this.restructuring() : this.inputs.applyForCreditRepair());
    }
    const [before, act, who] = this.steps[status];
    const id = status === 'CORRECTIONS_REQUESTED' ? await this.incomplete(more) : await this.given(before, more, kind);
    await this.hub.must(who, act, id, this.inputs[act]());
    return id;
  }

  /** An application without the commitment. */
  private async incomplete(more: Partial<PenaltyDecided>): Promise<string> {
    const { id } = await this.record(more);
    this.year();
    return this.open(id, 'applyForCreditRepair', { ...this.inputs.applyForCreditRepair(), documents: ['APPLICATION', 'RECTIFICATION_PROOF'] });
  }

  async row(id: string): Promise<CreditRepairEntity & { disclosure_id: string }> {
    const [row] = await query<CreditRepairEntity & { disclosure_id: string }>(this.hub.world.dataSource.manager, sql`select * from credit_repair where id = ${id}`);
    if (!row) throw new Error(`no repair ${id}`);
    return row;
  }

  stop(): Promise<void> {
    return this.hub.stop();
  }
}
