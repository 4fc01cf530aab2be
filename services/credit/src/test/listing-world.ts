import type { CaseAccessChanged, JointMeasureStatus, ListingStatus, PenaltyDecided } from '@casebridge/contracts';
import { addDays, addYears, type AgencyReader, civilDate } from '@casebridge/kernel';
import { query, sql } from '@casebridge/platform';
import type { Answer } from '@casebridge/testkit';
import type { DishonestyListingEntity } from '../listing/listing.entity';
import { buildCreditSubgraph } from '../subgraph';
import { item, officerFrom, startWorld, type World } from './world';

const mutations = buildCreditSubgraph().schema.getMutationType()?.getFields() ?? {};

/** Every act that the schema has. */
export const everyAct: readonly string[] = Object.keys(mutations).sort();

function operationFor(act: string): string {
  const args = mutations[act]?.args ?? [];
  const declared = args.map((a) => `$${a.name}: ${a.type.toString()}`).join(', ');
  return `mutation(${declared}) { ${act}(${args.map((a) => `${a.name}: $${a.name}`).join(', ')}) { __typename } }`;
}

export type Args = Readonly<Record<string, unknown>>;
type Row = Pick<DishonestyListingEntity, 'id' | 'status' | 'version'>;

export const clerk = officerFrom('DRUG-own');
export const head = officerFrom('DRUG-own', ['officer', 'head'], 2);
export const executor = officerFrom('MARKET-own');
export const above = officerFrom('DRUG-top', ['officer', 'head']);

/** Acts on listings with inputs that are in order on the day of the clock. */
export class ListingWorld {
  private keys = 0;

  private constructor(readonly world: World) {}

  static async start(): Promise<ListingWorld> {
    return new ListingWorld(await startWorld());
  }

  get today(): string {
    return civilDate(this.world.clock.now());
  }

  /** Sends an act with a key of its own, unless one is given. */
  act(who: AgencyReader, name: string, args: Args): Promise<Answer<unknown>> {
    this.world.clock.advance(1_000);
    return this.world.as(who).send(operationFor(name), { idempotencyKey: `key-${(this.keys += 1)}`, ...args });
  }

  /** The type of an act's input, as the schema has it. */
  inputTypeOf(act: string): string {
    return mutations[act]?.args.find((a) => a.name === 'input')?.type.toString() ?? '';
  }

  /** @throws Error when it is refused */
  async must(who: AgencyReader, name: string, id: string, input: Args = {}): Promise<void> {
    const { errors } = await this.act(who, name, { id, input });
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  }

  /** A served heavy decision, and what it has to be followed by. */
  async candidate(more: Partial<PenaltyDecided> = {}, about: Partial<CaseAccessChanged> = {}): Promise<{ id: string; event: PenaltyDecided }> {
    const event = await this.world.decide({ tier: 'HEAVY', violationType: 'FAKE_DRUGS', items: [item()], ...more }, about);
    const [row] = await query<{ id: string }>(this.world.dataSource.manager, sql`select id from dishonesty_listing where decision_id = ${event.decisionId}`);
    return { id: row?.id ?? '', event };
  }

  async row(id: string): Promise<Row> {
    const [row] = await query<Row>(this.world.dataSource.manager, sql`select id, status, version from dishonesty_listing where id = ${id}`);
    if (!row) throw new Error(`no listing ${id}`);
    return row;
  }

  /** What was said of a listing, and of the measures that rest on it. */
  async told(listingId: string, type: string): Promise<unknown[]> {
    const rows = await query<{ data: unknown }>(this.world.dataSource.manager, sql`
      select data from outbox_event where subject = ${`listing:${listingId}`} and type = ${type} order by seq`);
    return rows.map((row) => row.data);
  }

  /** Inputs that are lawful now. */
  readonly inputs = {
    serveListingNotice: () => ({ noticeNo: '示例药监列告〔2026〕1号', servedOn: this.today, grounds: ['FAKE_OR_SUBSTANDARD_DRUGS'], facts: '性质恶劣、情节严重。' }),
    recordListingStatement: () => ({ statement: '请求不予列入。', receivedOn: this.today }),
    requestListingHearing: () => ({ requestedOn: this.today }),
    recordListingHearing: () => ({ heldOn: this.today, summary: '听证会已举行。' }),
    requestListingConsent: () => ({ reasons: '拟列入。' }),
    consentToListing: () => ({ opinion: '同意。' }),
    refuseListingConsent: () => ({ reasons: '危害不大。' }),
    decideListing: () => ({ listingNo: '示例药监列〔2026〕1号', decidedOn: this.today, reasons: '理由', consequences: '后果', exitTerms: '条件', remedies: '救济' }),
    decideNotToList: () => ({ reason: 'NO_INTENT', explanation: '有证据证明没有主观故意。' }),
    publishListing: () => ({}),
    applyForEarlyExit: () => ({ appliedOn: this.today, dutiesPerformed: '罚款已缴纳。', harmRemoved: '产品已召回。' }),
    acceptEarlyExit: () => ({}),
    extendEarlyExit: () => ({ reasons: '需要核实。' }),
    approveEarlyExit: () => ({}),
    rejectEarlyExit: () => ({ reasons: '未消除影响。' }),
    removeFromList: () => ({}),
    revokeListing: () => ({ reasons: '处罚决定被撤销。', decisionRevokedOn: this.today }),
    restoreListing: () => ({ reasons: '提供虚假材料。' }),
  } as const satisfies Readonly<Record<string, () => Args>>;

  /** Days go by until the party has been heard, or until early exit may be asked for. */
  days(count: number): void {
    this.world.clock.set(new Date(`${addDays(this.today, count)}T10:00:00+08:00`));
  }
  private year(): void {
    this.world.clock.set(new Date(`${addDays(addYears(this.today, 1), 1)}T10:00:00+08:00`));
  }

  private readonly steps: Readonly<Record<Exclude<ListingStatus, 'CANDIDATE' | 'EXPIRED'>, readonly [before: ListingStatus, act: keyof ListingWorld['inputs'], who: AgencyReader, wait?: 'HEARD' | 'YEAR']>> = {
    NOTICE_SERVED: ['CANDIDATE', 'serveListingNotice', clerk],
    HEARING: ['NOTICE_SERVED', 'requestListingHearing', clerk],
    HEARD: ['HEARING', 'recordListingHearing', clerk],
    AWAITING_CONSENT: ['NOTICE_SERVED', 'requestListingConsent', head, 'HEARD'],
    CONSENTED: ['AWAITING_CONSENT', 'consentToListing', above],
    NOT_LISTED: ['CANDIDATE', 'decideNotToList', head],
    LISTED: ['CONSENTED', 'decideListing', head],
    PUBLISHED: ['LISTED', 'publishListing', clerk],
    EXIT_APPLIED: ['PUBLISHED', 'applyForEarlyExit', clerk, 'YEAR'],
    EXIT_ACCEPTED: ['EXIT_APPLIED', 'acceptEarlyExit', clerk],
    EXIT_APPROVED: ['EXIT_ACCEPTED', 'approveEarlyExit', head],
    EXITED_EARLY: ['EXIT_APPROVED', 'removeFromList', clerk],
    REVOKED: ['LISTED', 'revokeListing', head],
    RESTORED: ['EXITED_EARLY', 'restoreListing', head],
  };

  /** A listing in a state, come there by the acts that lead to it; time goes by. */
  async given(status: ListingStatus, more: Partial<PenaltyDecided> = {}, about: Partial<CaseAccessChanged> = {}): Promise<string> {
    if (status === 'CANDIDATE') return (await this.candidate(more, about)).id;
    if (status === 'EXPIRED') {
      const id = await this.given('PUBLISHED', more, about);
      this.world.clock.set(new Date(`${addDays(addYears(this.today, 3), 1)}T10:00:00+08:00`));
      return id;
    }
    const [before, act, who, wait] = this.steps[status];
    const id = await this.given(before, more, about);
    if (wait === 'HEARD') this.days(10);
    if (wait === 'YEAR') this.year();
    await this.must(who, act, id, this.inputs[act]());
    return id;
  }

  /** The measure that was ordered last. */
  async lastMeasure(): Promise<string> {
    const [row] = await query<{ id: string }>(this.world.dataSource.manager, sql`select id from joint_measure order by ordered_at desc, id desc limit 1`);
    return row?.id ?? '';
  }

  /** A measure in a state, come there by the acts that lead to it. */
  async measure(status: JointMeasureStatus): Promise<string> {
    const listingId = await this.given('PUBLISHED');
    const input = { kind: 'KEY_SUPERVISION', executor: 'MARKET-own', notice: '请列为重点监管对象。' };
    const { errors } = await this.act(clerk, 'orderJointMeasure', { listingId, input });
    if (errors) throw new Error(JSON.stringify(errors));
    const id = await this.lastMeasure();
    const says = (act: string): Promise<void> => this.must(executor, act, id, { text: '演示', on: this.today });
    if (status === 'NOT_EXECUTABLE') await says('reportMeasureNotExecutable');
    if (['EXECUTED', 'DUE_FOR_LIFTING', 'LIFTED'].includes(status)) await says('reportMeasureExecuted');
    if (['ENDED', 'DUE_FOR_LIFTING', 'LIFTED'].includes(status)) await this.must(head, 'revokeListing', listingId, this.inputs.revokeListing());
    if (status === 'LIFTED') await says('liftJointMeasure');
    return id;
  }

  stop(): Promise<void> {
    return this.world.stop();
  }
}
