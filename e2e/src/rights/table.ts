/**
 * the rights policy, "Table", transcribed from the page and from nothing else: which relations open which element to which column.
 * Nothing here is shared with the code that is tested.
 */
export type Column = 'DRUG' | 'MARKET' | 'POLICE' | 'PROCURATORATE' | 'COURT' | 'HEALTH' | 'SUPERVISION' | 'INSURANCE' | 'OTHER' | 'PUB';

export type Relation =
  | 'all' | 'owner' | 'superior' | 'party' | 'local' | 'linked' | 'published'
  /** HEALTH: "medical institutions of its regions". */
  | 'medical'
  /** HEALTH on cases: "after service: medical institutions of its regions". */
  | 'medical after service'
  /** HEALTH on reports: "event in its regions". */
  | 'event in region'
  /** PROCURATORATE: "ordinary-procedure decisions of its regions", from service on. */
  | 'ordinary decision of region'
  /** PROCURATORATE on refusals: "cases of its regions". */
  | 'case of region'
  /** SUPERVISION on refusals: "cases of its regions, on file called for". */
  | 'called file of region';

export type Element =
  | 'master data' | 'key persons and scores' | 'inspection concluded' | 'inspection under way' | 'case' | 'case file' | 'decision' | 'decision goods' | 'referral'
  | 'refusal' | 'punishment in force' | 'punishment otherwise' | 'disclosure' | 'publication procedure' | 'report' | 'complaint content' | 'complaint';

const everybody = {
  DRUG: ['all'], MARKET: ['all'], POLICE: ['all'], PROCURATORATE: ['all'], COURT: ['all'], HEALTH: ['all'], SUPERVISION: ['all'], INSURANCE: ['all'],
} as const;
const parties = { POLICE: ['party'], PROCURATORATE: ['party'], COURT: ['party'], SUPERVISION: ['party'] } as const;

export const table: Readonly<Record<Element, Readonly<Partial<Record<Exclude<Column, 'OTHER'>, readonly Relation[]>>>>> = {
  'master data': everybody,
  'key persons and scores': { DRUG: ['local', 'superior', 'owner'], POLICE: ['linked'], PROCURATORATE: ['linked'] },
  'inspection concluded': {
    DRUG: ['local', 'superior', 'owner', 'party'], MARKET: ['party', 'published'], POLICE: ['linked', 'published'], PROCURATORATE: ['linked', 'published'],
    COURT: ['published'], HEALTH: ['published', 'medical'], SUPERVISION: ['published'], INSURANCE: ['published'], PUB: ['published'],
  },
  'inspection under way': { DRUG: ['owner', 'superior', 'party'], MARKET: ['party'], HEALTH: ['party'] },
  case: {
    ...parties, DRUG: ['owner', 'superior', 'party', 'local'], MARKET: ['owner', 'superior', 'party'], HEALTH: ['party', 'medical after service'], INSURANCE: ['party'],
  },
  'case file': { ...parties, DRUG: ['owner', 'party'], MARKET: ['owner', 'party'] },
  decision: {
    ...parties, DRUG: ['owner', 'superior', 'party', 'local'], MARKET: ['owner', 'superior', 'party'], PROCURATORATE: ['party', 'ordinary decision of region'],
    HEALTH: ['party', 'medical after service'], INSURANCE: ['party'],
  },
  // "Ordinary-procedure decisions of its regions with goods value"; to the others goods are of the file.
  'decision goods': { ...parties, DRUG: ['owner', 'party'], MARKET: ['owner', 'party'], PROCURATORATE: ['party', 'ordinary decision of region'] },
  referral: { ...parties, DRUG: ['owner', 'superior', 'party'], MARKET: ['owner', 'superior', 'party'] },
  refusal: {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['owner', 'superior'], PROCURATORATE: ['case of region'], SUPERVISION: ['called file of region'],
  },
  'punishment in force': { ...everybody, PUB: ['published'] },
  'punishment otherwise': { DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['linked'], PROCURATORATE: ['linked'] },
  // "Through disclosure only"; agencies read what the public reads (settled point 1).
  disclosure: { PUB: ['published'] },
  // How it came to a publication or not is of who decides it and of who supervises him: "owner, superior" of "the same before publication".
  'publication procedure': { DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'] },
  report: { DRUG: ['local', 'superior', 'owner'], POLICE: ['linked'], PROCURATORATE: ['linked'], HEALTH: ['event in region'] },
  'complaint content': { DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['linked'], PROCURATORATE: ['linked'] },
  complaint: { DRUG: ['owner', 'superior', 'party'], MARKET: ['owner', 'superior', 'party'], POLICE: ['linked'], PROCURATORATE: ['linked'] },
};

const columnsOf: Readonly<Record<string, Column>> = {
  DRUG: 'DRUG', MARKET: 'MARKET', POLICE: 'POLICE', PROCURATORATE: 'PROCURATORATE', COURT: 'COURT', HEALTH: 'HEALTH', CDC: 'HEALTH',
  // Settled point 2: ADR centres read as HEALTH, CDC.
  ADR_CENTRE: 'HEALTH', SUPERVISION: 'SUPERVISION', INSURANCE: 'INSURANCE',
};

/** The column in which an agency of this function reads. */
export const columnOf = (agencyFunction: string): Column => columnsOf[agencyFunction] ?? 'OTHER';

/** Settled point 2: "laboratories and the other functions read what `party` and `published` open, and what is `all` for DRUG, MARKET, POLICE and PROCURATORATE alike". */
function others(element: Element): readonly Relation[] {
  const cells = table[element];
  const somewhere = (relation: Relation): boolean => Object.values(cells).some((cell) => cell.includes(relation));
  const allOfFour = (['DRUG', 'MARKET', 'POLICE', 'PROCURATORATE'] as const).every((column) => cells[column]?.includes('all'));
  return [...(somewhere('party') ? ['party' as const] : []), ...(somewhere('published') ? ['published' as const] : []), ...(allOfFour ? ['all' as const] : [])];
}

export const relationsOf = (element: Element, column: Column): readonly Relation[] => (column === 'OTHER' ? others(element) : table[element][column] ?? []);
