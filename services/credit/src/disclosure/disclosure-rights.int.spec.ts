import type { CaseAccessChanged } from '@casebridge/contracts';
import { addDays, type Principal } from '@casebridge/kernel';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { decided, functions, officerFrom, startWorld, today, type World } from '../test/world';
import type { DisclosureRecordEntity } from './disclosure-record.entity';
import { disclosureOf } from './disclosure-record.projection';
import { publishRecords } from './disclosure-record.repository';

const NESTED = `query ($e: _Any!, $c: _Any!) {
  enterprise: _entities(representations: [$e]) { ... on Enterprise { disclosureRecords(first: 100) { totalCount nodes { id } } } }
  case: _entities(representations: [$c]) { ... on Case { disclosureRecords(first: 100) { nodes { id } } } }
}`;

interface Answer {
  enterprise: [{ disclosureRecords: { totalCount: number; nodes: { id: string }[] } }];
  case: [{ disclosureRecords: { nodes: { id: string }[] } } | null];
}

/** Every state of a record, with whether the law shows it today. */
const states: Readonly<Record<string, { readonly shown: boolean; readonly change: Partial<DisclosureRecordEntity> }>> = {
  published: { shown: true, change: {} },
  lastDay: { shown: true, change: { publishedOn: '2025-06-10', decidedOn: '2025-06-01', disclosureEndsOn: today } },
  forLife: { shown: true, change: { disclosureEndsOn: null, creditChinaEndsOn: null, class: 'SERIOUS_RESTRICTION' } },
  dayAfter: { shown: false, change: { publishedOn: '2025-06-10', decidedOn: '2025-06-01', disclosureEndsOn: addDays(today, -1) } },
  tomorrow: { shown: false, change: { publishedOn: addDays(today, 1) } },
  withdrawn: { shown: false, change: { status: 'WITHDRAWN', withdrawnAt: new Date('2026-06-10T01:00:00Z'), withdrawalReason: '决定被撤销' } },
  withheld: { shown: false, change: { status: 'WITHHELD', review: 'WITHHELD' } },
  stopped: { shown: false, change: { stoppedAt: new Date('2026-06-10T01:00:00Z'), stoppedReason: 'REPAIRED' } },
};
const shown = Object.entries(states).filter(([, s]) => s.shown).map(([name]) => name).sort();
const every = Object.keys(states).sort();

// The rights policy: "published" for everybody and, through ownership, the deciding agency; those above it where they have the function; before
// publication and after, police and procuratorates that are party to the case.
const beyondPublished: Readonly<Record<string, readonly string[]>> = {
  DRUG: ['own', 'top'], MARKET: ['own', 'top'], POLICE: ['party', 'above'], PROCURATORATE: ['party', 'above'],
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

describe.each(functions)('disclosure records before %s', (fn) => {
  const ids = new Map<string, string>();
  const base = decided({ authorityCode: `${fn}-own` });
  const access = (more: Partial<CaseAccessChanged>) => world.access(base, { parts: [`${fn}-party`], ...more });
  const seenBy = async (reader: Principal): Promise<string[]> => {
    const { data } = await world.as(reader).send<Answer>(NESTED, {
      e: { __typename: 'Enterprise', uscc: base.partyUscc }, c: { __typename: 'Case', id: base.caseId },
    });
    const names = (nodes: readonly { id: string }[]) => nodes.map((n) => ids.get(n.id) ?? '?').sort();
    const { nodes, totalCount } = (data as Answer).enterprise[0].disclosureRecords;
    expect(totalCount).toBe(nodes.length);
    const ofCase = (data as Answer).case[0];
    if (ofCase) expect(names(ofCase.disclosureRecords.nodes)).toEqual(names(nodes));
    return names(nodes);
  };

  beforeAll(async () => {
    for (const [state, { change }] of Object.entries(states)) {
      const record = disclosureOf({ ...base, decisionId: decided().decisionId }, today);
      if (!record) throw new Error('not disclosed');
      ids.set(record.id, state);
      await world.dataSource.transaction((em) => publishRecords(em, [{ ...record, ...change }]));
    }
    await access({});
  });
  afterAll(() => query(world.dataSource.manager, sql`delete from disclosure_record`));

  it.each(['own', 'top', 'party', 'above', 'none'])('%s', async (relation) => {
    const opened = relation === 'own' || beyondPublished[fn]?.includes(relation);
    expect(await seenBy(officerFrom(`${fn}-${relation}`))).toEqual(opened ? every : shown);
  });

  it('the public, and who reads audit or figures alone', async () => {
    for (const reader of [publicReader, officerFrom(`${fn}-own`, ['auditor']), officerFrom(`${fn}-own`, ['analyst'])]) {
      expect(await seenBy(reader)).toEqual(shown);
    }
    expect(await seenBy(officerFrom(`${fn}-own`, ['auditor', 'reviewer']))).toEqual(every);
  });

  it('an excluded officer of the authority reads what everybody reads', async () => {
    await access({ version: 2, excluded: [`${fn}-own/${fn}-own-1`] });
    expect(await seenBy(officerFrom(`${fn}-own`))).toEqual(shown);
    expect(await seenBy(officerFrom(`${fn}-own`, ['officer'], 2))).toEqual(every);
  });

  it('a seal closes them, but to those it names', async () => {
    await access({ version: 3, sealedUntil: today, sealOfficers: [`${fn}-own-2`], sealParties: [`${fn}-party`] });
    for (const reader of [publicReader, ...['own', 'top', 'above', 'none'].map((r) => officerFrom(`${fn}-${r}`))]) expect(await seenBy(reader)).toEqual([]);
    expect(await seenBy(officerFrom(`${fn}-own`, ['officer'], 2))).toEqual(every);
    expect(await seenBy(officerFrom(`${fn}-party`))).toEqual(beyondPublished[fn]?.includes('party') ? every : shown);
  });
});

describe('a seal', () => {
  it('is acknowledged once it is applied', async () => {
    const of = decided();
    await world.access(of, { acknowledge: true, sealedUntil: '2026-12-31' });
    expect(await world.published('access.case-access-applied.v1')).toMatchObject([{ subject: `case:${of.caseId}`, data: { caseId: of.caseId, version: 1 } }]);
  });
});
