import { openDatabase } from '@casebridge/platform';
import { QueryFailedError } from 'typeorm';
import { AdminCaseEntity, CasePartEntity } from '../admin-case/admin-case.entity';
import { PenaltyItemEntity } from '../penalty-decision/penalty-decision.entity';
import { enforcementMigrations } from '../service';
import { caseDraft, itemRow, World } from '../testing/world';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

describe('what the tables never hold', () => {
  const violated = async (work: () => Promise<unknown>): Promise<string> => {
    try {
      await work();
    } catch (cause) {
      if (cause instanceof QueryFailedError) return (cause.driverError as { constraint?: string }).constraint ?? String(cause);
      throw cause;
    }
    return 'nothing';
  };
  const change = (table: string, key: string, id: () => string, set: string) => () =>
    violated(() => world.harness.dataSource.query(`update ${table} set ${set} where ${key} = $1`, [id()]));

  let c: AdminCaseEntity;
  let decisionId = '';
  beforeAll(async () => {
    c = await world.givenCase();
    decisionId = (await world.givenDecision(c, { servedOn: '2026-11-03' })).id;
    await world.giveParts(c, 'PSB-210100');
  });

  it.each([
    ['version = 0', 'admin_case_version_positive'],
    [`status = 'DREAMING'`, 'admin_case_status_is_known'],
    [`agency_code = 'NOBODY'`, 'admin_case_agency_is_registered'],
    [`status = 'PENDING_CRIMINAL'`, 'admin_case_pending_criminal_knows_what_it_resumes_to'],
    ['goods_value_fen = -1', 'admin_case_goods_value_not_negative'],
    [`suspected_articles = '{}'`, 'admin_case_suspected_articles_are_an_array'],
    [`sealed_until = '2026-12-01'`, 'admin_case_seal_names_an_officer'],
    [`seal_officers = '{A}'`, 'admin_case_without_seal_names_nobody'],
  ])('a case with %s', async (set, constraint) => {
    expect(await change('admin_case', 'case_id', () => c.caseId, set)()).toBe(constraint);
  });

  it.each([
    [`ended_at = started_at`, 'case_part_end_says_how_the_case_stood'],
    [`ended_at = started_at - interval '1 s', ended_case_status = 'FILED', ended_case_version = 1`, 'case_part_ends_after_it_started'],
    [`ended_at = started_at, ended_case_status = 'FILED', ended_case_version = 1, ended_position = 1`, 'case_part_end_names_a_referral_with_its_position'],
  ])('a part with %s', async (set, constraint) => {
    expect(await change('case_part', 'case_id', () => c.caseId, set)()).toBe(constraint);
  });

  it('a second running part of one kind, a second case of one number, a second decision of one number', async () => {
    const { manager } = world.harness.dataSource;
    const part = await manager.findOneByOrFail(CasePartEntity, { caseId: c.caseId });
    expect(await violated(() => manager.insert(CasePartEntity, { ...part, id: '01990000-0000-7000-8000-0000000000bb' }))).toBe('case_part_runs_once');
    const row = await manager.findOneByOrFail(AdminCaseEntity, { caseId: c.caseId });
    expect(await violated(() => manager.insert(AdminCaseEntity, { ...row, caseId: caseDraft().caseId }))).toBe('admin_case_number_once');
    const first = await world.givenDecision(c);
    expect(await violated(() => world.givenDecision(c, { documentNo: first.documentNo }))).toBe('penalty_decision_document_no_once');
  });

  it.each([
    [`served_on = '2026-11-01'`, 'penalty_decision_is_served_after_it_is_made'],
    ['served_on = null', 'penalty_decision_service_is_recorded_with_its_day'],
    [`document_no = '12号'`, 'penalty_decision_document_no_has_a_year'],
    ['gains_fen = -1', 'penalty_decision_amounts_not_negative'],
    [`party_kind = 'PERSON'`, 'penalty_decision_only_an_entity_has_a_credit_code'],
  ])('a decision with %s', async (set, constraint) => {
    expect(await change('penalty_decision', 'id', () => decisionId, set)()).toBe(constraint);
  });

  it.each<[Partial<PenaltyItemEntity>, string]>([
    [{ amountFen: null }, 'penalty_item_money_has_an_amount'],
    [{ amountFen: 0 }, 'penalty_item_fine_is_positive'],
    [{ amountFen: -1, kind: 'OTHER' }, 'penalty_item_amount_not_negative'],
    [{ kind: 'INDUSTRY_BAN', startsOn: '2026-11-02', forLife: true }, 'penalty_item_ban_is_of_a_person_with_a_start'],
    [{ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', startsOn: '2026-11-02' }, 'penalty_item_ban_is_of_a_person_with_a_start'],
    [{ kind: 'DETENTION' }, 'penalty_item_detention_is_of_a_person'],
    [{ startsOn: '2026-11-02', endsOn: '2026-11-01' }, 'penalty_item_ends_after_it_starts'],
    [{ endsOn: '2026-11-01' }, 'penalty_item_end_has_a_start'],
    [{ basisArticle: '' }, 'penalty_item_basis_names_an_article'],
    [{ seq: 1 }, 'penalty_item_order_once'],
  ])('a line with %o', async (overrides, constraint) => {
    expect(await violated(() => world.harness.dataSource.manager.insert(PenaltyItemEntity, { ...itemRow(decisionId, { seq: 9, ...overrides }) }))).toBe(constraint);
  });

  it.each([
    [`functions = '{}'`, 'agency_has_a_function'],
    [`functions = '{SORCERY}'`, 'agency_functions_are_known'],
    ['superior_code = code', 'agency_is_not_its_own_superior'],
    [`issuer = 'urn:casebridge:dev:PSB-210100'`, 'agency_issuer_is_its_own'],
    [`superior_code = 'NOBODY'`, 'agency_superior_is_registered'],
  ])('an agency with %s', async (set, constraint) => {
    expect(await change('agency', 'code', () => 'MRA-210100', set)()).toBe(constraint);
  });

  it('a line or a revocation that the running service changed: it may only add them', async () => {
    await expect(world.harness.dataSource.query('update penalty_item set amount_fen = 1')).rejects.toThrow('permission denied');
    await expect(world.harness.dataSource.query('delete from revoked_token')).rejects.toThrow('permission denied');
  });
});

it('goes down as it came up', async () => {
  const own = await World.start();
  try {
    const owner = await openDatabase({ url: own.harness.ownerUrl, applicationName: 'test', migrations: enforcementMigrations });
    try {
      for (let left = enforcementMigrations.length; left > 0; left -= 1) await owner.undoLastMigration();
      const tables = await owner.query<{ tablename: string }[]>(`select tablename from pg_tables where schemaname = 'public'`);
      expect(tables.map((t) => t.tablename)).toEqual(['migrations']);
    } finally {
      await owner.destroy();
    }
  } finally {
    await own.stop();
  }
});
