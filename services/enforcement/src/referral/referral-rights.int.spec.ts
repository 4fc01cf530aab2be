import { demoAgencies } from '@casebridge/contracts';
import { composeUscc } from '@casebridge/kernel';
import { officer, publicReader } from '@casebridge/testkit';
import { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { saveCase, startPart } from '../admin-case/case-access';
import { ReferralWorld, report } from '../testing/referral-world';
import { dataOf } from '../testing/world';

/*
 * The rows "Referral and timeline", "Case: documents …" and "Refusals to refer" of the page on rights, transcribed from the page:
 * every demo agency as a reader, against cases of every demo agency and cases in which every demo agency has a part.
 */
type Relation = 'owner' | 'superior' | 'party' | 'region';
const columns = ['DRUG', 'MARKET', 'POLICE', 'PROCURATORATE', 'COURT', 'HEALTH', 'SUPERVISION', 'INSURANCE', 'ELSE'] as const;
type Row = Readonly<Record<(typeof columns)[number], readonly Relation[]>>;
const referralRow: Row = {
  DRUG: ['owner', 'superior', 'party'], MARKET: ['owner', 'superior', 'party'], POLICE: ['party'], PROCURATORATE: ['party'], COURT: ['party'], HEALTH: [],
  SUPERVISION: ['party'], INSURANCE: [], ELSE: ['party'],
};
const fileRow: Row = {
  DRUG: ['owner', 'party'], MARKET: ['owner', 'party'], POLICE: ['party'], PROCURATORATE: ['party'], COURT: ['party'], HEALTH: [], SUPERVISION: ['party'],
  INSURANCE: [], ELSE: ['party'],
};
/** Supervision reads them "on file called for", which is an act of later work. */
const refusalRow: Row = {
  DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['owner', 'superior'], PROCURATORATE: ['region'], COURT: [], HEALTH: [],
  SUPERVISION: [], INSURANCE: [], ELSE: [],
};

interface Subject {
  readonly name: string;
  readonly owner: string;
  readonly region: string;
  readonly parts: readonly string[];
  readonly caseId: string;
  readonly referralId: string;
  readonly uscc: string;
}

const agency = (code: string) => demoAgencies.find((a) => a.code === code)!;
/** All above an agency, from the one directly above. */
const above = (code: string): string[] => {
  const { superior } = agency(code);
  return superior === null ? [] : [superior, ...above(superior)];
};
const holds: Record<Relation, (code: string, s: Subject) => boolean> = {
  owner: (code, s) => s.owner === code,
  superior: (code, s) => above(s.owner).includes(code),
  party: (code, s) => s.parts.some((p) => p === code || (above(p).includes(code) && agency(p).functions.some((f) => f === 'POLICE' || f === 'PROCURATORATE'))),
  region: (code, s) => agency(code).regions.includes(s.region),
};
function opens(row: Row, code: string, s: Subject): boolean {
  if (s.owner === code) return true; // an owner reads whatever its function
  return agency(code).functions.some((f) => {
    const column = f === 'CDC' || f === 'ADR_CENTRE' ? 'HEALTH' : columns.find((c) => c === f) ?? 'ELSE';
    return row[column].some((relation) => holds[relation](code, s));
  });
}

let world: ReferralWorld;
const subjects: Subject[] = [];

async function givenSubject(name: string, owner: string, region: string, parts: readonly string[]): Promise<void> {
  const uscc = composeUscc({ department: '91', region: '210102', organisation: `MAR${String(subjects.length).padStart(5, '0')}` });
  const { caseId } = await world.givenCase({ agencyCode: owner, regionCode: region, enterpriseUscc: uscc });
  const { id } = await world.do('submitReferralReport', officer(owner), caseId, report({}, owner));
  await world.do('refuseReferral', officer(owner, 1), id, { reasons: `不批准：${name}` });
  await world.act(async (tx) => {
    const c = await tx.em.findOneByOrFail(AdminCaseEntity, { caseId });
    for (const agencyCode of parts) await startPart(tx, c, { agencyCode, kind: 'ASSISTANCE' });
    // Served: whoever is local to it sees the case, and still no referral.
    await saveCase(tx, Object.assign(c, { servedOn: '2026-11-01' }));
  });
  subjects.push({ name, owner, region, parts, caseId, referralId: id, uscc });
}

beforeAll(async () => {
  world = await ReferralWorld.start();
  for (const { code } of demoAgencies) {
    await givenSubject(`of ${code}`, code, '210102', []);
    await givenSubject(`with ${code}`, 'MRA-210200', '210202', [code]);
  }
});
afterAll(() => world.stop());

const fields = 'id status charge facts taskForce documents { id } timeline { position note }';
interface Shown {
  readonly id: string;
  readonly status: string | null;
  readonly facts: string | null;
  readonly taskForce: readonly string[] | null;
  readonly documents: readonly unknown[] | null;
  readonly timeline: readonly { readonly note: string | null }[];
}
type Listed = { totalCount: number; nodes: { id: string }[] };

const readers = [...demoAgencies.map((a) => a.code), 'PUBLIC'];
const as = (code: string) => (code === 'PUBLIC' ? publicReader : officer(code, 3));
const mayRead = (row: Row, code: string, s: Subject): boolean => code !== 'PUBLIC' && opens(row, code, s);

describe.each(readers)('%s', (code) => {
  it('reads by id, nested and by reference what the page opens, and of it the fields that the page opens', async () => {
    const roots = subjects.map((s, i) => `r${i}: referral(id: "${s.referralId}") { ${fields} } c${i}: case(id: "${s.caseId}") { referral { ${fields} } referrals { totalCount nodes { id } } }`);
    const data = dataOf(await world.send<Record<string, Shown & { referral: Shown; referrals: Listed } | null>>(as(code), `{ ${roots.join('\n')} }`));
    const representations = subjects.flatMap((s) => [{ __typename: 'Referral', id: s.referralId }, { __typename: 'Enterprise', uscc: s.uscc }]);
    const { _entities: entities } = dataOf(await world.send<{ _entities: (Shown & { referrals: Listed } | null)[] }>(
      as(code), `query($r: [_Any!]!) { _entities(representations: $r) { ... on Referral { ${fields} } ... on Enterprise { referrals { totalCount nodes { id } } } } }`,
      { r: representations }));

    subjects.forEach((s, i) => {
      const [sees, file, refusal] = [referralRow, fileRow, refusalRow].map((row) => mayRead(row, code, s));
      const byCase = data[`c${i}`];
      for (const shown of [data[`r${i}`], byCase?.referral ?? null, entities[2 * i]] as (Shown | null)[]) {
        expect([s.name, shown?.id ?? null]).toEqual([s.name, sees ? s.referralId : null]);
        if (!shown) continue;
        expect([s.name, shown.status, shown.timeline.length]).toEqual([s.name, 'NOT_APPROVED', 2]);
        expect([s.name, shown.facts !== null, shown.taskForce !== null, shown.documents !== null]).toEqual([s.name, file, file, file]);
        expect([s.name, shown.timeline[1]?.note]).toEqual([s.name, refusal ? `不批准：${s.name}` : null]);
      }
      const listed = { totalCount: sees ? 1 : 0, nodes: sees ? [{ id: s.referralId }] : [] };
      expect([s.name, entities[2 * i + 1]?.referrals]).toEqual([s.name, listed]);
      if (byCase) expect([s.name, byCase.referrals]).toEqual([s.name, listed]);
    });
  });

  it('counts and lists the same', async () => {
    const all = dataOf(await world.send<{ referrals: Listed }>(as(code), '{ referrals(first: 100) { totalCount nodes { id } } }')).referrals;
    const open = subjects.filter((s) => mayRead(referralRow, code, s)).map((s) => s.referralId);
    expect(all.nodes.map((n) => n.id).sort()).toEqual(open.sort());
    expect(all.totalCount).toBe(open.length);
  });

  it('reads the refusals of the agencies, or of the regions, that the page names', async () => {
    const operation = '{ referralRefusals(first: 100) { totalCount nodes { caseNo factsInShort charge reasons goodsValueFen suspectedArticles { article } agency { code } } } }';
    const { referralRefusals } = dataOf(await world.send<{ referralRefusals: { totalCount: number; nodes: Record<string, unknown>[] } }>(as(code), operation));
    const open = subjects.filter((s) => mayRead(refusalRow, code, s));
    expect(referralRefusals.nodes.map((n) => n['reasons']).sort()).toEqual(open.map((s) => `不批准：${s.name}`).sort());
    expect(referralRefusals.totalCount).toBe(open.length);
    const [first] = referralRefusals.nodes;
    if (first) expect(first).toMatchObject({ factsInShort: report()['facts'], charge: 'FAKE_DRUGS', goodsValueFen: 12_345_600, suspectedArticles: [{ article: '116' }] });
  });
});

it('has subjects that tell the readers apart', () => {
  const patterns = readers.map((code) => subjects.map((s) => [referralRow, fileRow, refusalRow].map((row) => mayRead(row, code, s))).flat().map(Number).join(''));
  // Twins: HC-210100, CDC-210100 and so on differ by the case they own and by nothing else, which is enough.
  expect(new Set(patterns).size).toBe(readers.length);
});
