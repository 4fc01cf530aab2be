import { type CaseAccessChanged, type PenaltyDecided, type PenaltyItemData, type PenaltyOverturned, penaltyOverturned, regionChanged } from '@casebridge/contracts';
import { type AgencyFunction, type AgencyReader, type AgencyRecord, civilDate, composeUscc, FixedClock, type OfficerRole, uuidv7 } from '@casebridge/kernel';
import { openDatabase } from '@casebridge/platform';
import { officerOf, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { creditService } from '../service';

// Builders for the tests of this service. Agencies, names and numbers are made up.

const agency = (code: string, fn: AgencyFunction, superior: string | null = null): AgencyRecord => ({
  code, name: code, nameEn: code, functions: [fn], regions: ['210100'], superior,
});

/** Every column of the rights table, each with an agency that owns records, one above it, one party to cases, one that is neither. */
export const functions = ['DRUG', 'MARKET', 'POLICE', 'PROCURATORATE', 'COURT', 'HEALTH', 'CDC', 'SUPERVISION', 'INSURANCE', 'LAB'] as const;
const agencies: readonly AgencyRecord[] = functions.flatMap((fn) => [
  agency(`${fn}-top`, fn), agency(`${fn}-own`, fn, `${fn}-top`), agency(`${fn}-party`, fn, `${fn}-above`), agency(`${fn}-above`, fn), agency(`${fn}-none`, fn),
]);

export function officerFrom(code: string, roles: readonly OfficerRole[] = ['officer'], number = 1): AgencyReader {
  const record = agencies.find((a) => a.code === code);
  if (!record) throw new Error(`no agency ${code}`);
  return officerOf(record, `${code}-${number}`, { roles });
}

const start = '2026-06-10T02:00:00Z';
export const today = '2026-06-10';

let made = 0;
export const newId = (): string => uuidv7(new Date(Date.parse(start) + (made += 1)));
const newUscc = (): string => composeUscc({ department: '91', region: '210102', organisation: `TE${String((made += 1)).padStart(6, '0')}` });

export const item = (more: Partial<PenaltyItemData> = {}): PenaltyItemData => ({
  id: newId(), kind: 'FINE', partyKind: 'ENTITY', partyName: '示例药业有限公司', amountFen: 10_000_000,
  basis: { instrument: '中华人民共和国药品管理法', article: '117', mark: 'V' }, startsOn: null, endsOn: null, forLife: false, ...more,
});

export const decided = (more: Partial<PenaltyDecided> = {}): PenaltyDecided => ({
  decisionId: newId(), caseId: newId(), documentNo: `示例药监处罚〔2026〕${made}号`, procedure: 'ORDINARY', authorityCode: 'DRUG-own',
  regionCode: '210102', partyName: '示例药业有限公司', partyUscc: newUscc(), partyKind: 'ENTITY', violationType: 'SUBSTANDARD_DRUGS', domain: 'DRUG',
  tier: 'ORDINARY', decidedOn: '2026-06-01', servedOn: '2026-06-03', items: [item(more.partyName ? { partyName: more.partyName } : {})], ...more,
});

const access = (of: { caseId: string; authorityCode: string }, more: Partial<CaseAccessChanged> = {}): CaseAccessChanged => ({
  caseId: of.caseId, version: 1, agencyCode: of.authorityCode, regionCode: '210102', enterpriseUscc: null, respondentKind: 'ENTERPRISE',
  filedAt: '2026-05-01T00:00:00Z', servedOn: '2026-06-03', parts: [], sealedUntil: null, sealOfficers: [], sealParties: [], excluded: [],
  acknowledge: false, ...more,
});

export interface World extends ServiceHarness {
  readonly clock: FixedClock;
  /** Enforcement tells of the case and its decision. */
  decide(more?: Partial<PenaltyDecided>, about?: Partial<CaseAccessChanged>): Promise<PenaltyDecided>;
  /** Enforcement tells that a decision no longer stands. */
  overturn(event: PenaltyDecided, more?: Partial<PenaltyOverturned>): Promise<void>;
  /** Empties what is published, with all that was done about it: as the owner, for the service itself may not. */
  forget(): Promise<void>;
  access(of: { caseId: string; authorityCode: string }, more: Partial<CaseAccessChanged>): Promise<void>;
  /** Inspection tells where regions lie: code and what it lies in. */
  regions(tree: readonly (readonly [code: string, parent: string | null])[]): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const clock = new FixedClock(start);
  const harness = await startServiceForTest(creditService, { agencies, clock });
  const accessOf: World['access'] = (of, more) =>
    harness.receive('enforcement', { type: 'enforcement.case-access-changed.v1', subject: `case:${of.caseId}`, data: access(of, more) });
  return {
    ...harness, clock, access: accessOf,
    regions: (tree) => harness.receive('inspection', ...tree.map(([code, parentCode]) => ({
      type: regionChanged.type, subject: `region:${code}`, data: { code, name: code, nameEn: code, kind: 'FUNCTIONAL_ZONE', parentCode },
    }))),
    forget: async () => {
      const owner = await openDatabase({ url: harness.ownerUrl, applicationName: 'test', poolSize: 1 });
      try {
        await owner.query('truncate disclosure_record cascade');
      } finally {
        await owner.destroy();
      }
    },
    overturn: ({ decisionId, caseId, documentNo, authorityCode, regionCode }, more) => harness.receive('enforcement', {
      type: penaltyOverturned.type, subject: `case:${caseId}`, data: {
        decisionId, caseId, documentNo, authorityCode, regionCode, outcome: 'REVOKED', by: 'RECONSIDERATION', outcomeDocumentNo: '示例复决〔2026〕1号',
        decidedOn: civilDate(clock.now()), ...more,
      },
    }),
    decide: async (more, about) => {
      const event = decided(more);
      const subject = `case:${event.caseId}`;
      await harness.receive(
        'enforcement',
        { type: 'enforcement.case-access-changed.v1', subject, data: access(event, about) },
        { type: 'enforcement.penalty-decided.v1', subject, data: event },
      );
      return event;
    },
  };
}
