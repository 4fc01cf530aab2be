import { demoRegions, type EnterpriseKind } from '@casebridge/contracts';

/** Agencies of the demo that handle cases. */
export const filingAgencies = ['MRA-210100', 'MRA-210200', 'MRA-210102', 'DRA-210000', 'DRA-220000'] as const;
export type FilingAgency = (typeof filingAgencies)[number];

export const regionCodes: readonly string[] = demoRegions.map((region) => region.code);

/** Who else has to do with the cases of an agency; an agency of the second province has no police in the demo. */
export interface Surroundings {
  /** How document numbers begin. */
  readonly short: string;
  /** Places in which it handles cases. */
  readonly regions: readonly string[];
  readonly police: string | null;
  readonly procuratorate: string | null;
  /** Police that would be competent elsewhere, with the procuratorate beside them. */
  readonly otherPolice: string;
  readonly otherProcuratorate: string;
  readonly level: 'PROVINCE' | 'CITY' | 'DISTRICT';
  readonly weight: number;
}

const cityOne = ['210100', '210102', '210103', '210104', '210190'];
const cityTwo = ['210200', '210202', '210203', '210204'];

export const surroundings: Readonly<Record<FilingAgency, Surroundings>> = {
  'MRA-210100': {
    short: '演示一市市监', regions: cityOne, police: 'PSB-210100', procuratorate: 'PPO-210100', otherPolice: 'PSB-210200',
    otherProcuratorate: 'PPO-210200', level: 'CITY', weight: 0.34,
  },
  'MRA-210200': {
    short: '演示二市市监', regions: cityTwo, police: 'PSB-210200', procuratorate: 'PPO-210200', otherPolice: 'PSB-210100',
    otherProcuratorate: 'PPO-210100', level: 'CITY', weight: 0.26,
  },
  'MRA-210102': {
    short: '演示一市东区市监', regions: ['210102'], police: 'PSB-210102', procuratorate: 'PPO-210100', otherPolice: 'PSB-210100',
    otherProcuratorate: 'PPO-210100', level: 'DISTRICT', weight: 0.14,
  },
  'DRA-210000': {
    short: '演示甲省药监', regions: ['210000', ...cityOne, ...cityTwo], police: 'PSB-210000', procuratorate: 'PPO-210000', otherPolice: 'PSB-210200',
    otherProcuratorate: 'PPO-210200', level: 'PROVINCE', weight: 0.26,
  },
  'DRA-220000': {
    short: '演示乙省药监', regions: ['220000', '220100', '220102'], police: null, procuratorate: null, otherPolice: 'PSB-210000',
    otherProcuratorate: 'PPO-210000', level: 'PROVINCE', weight: 0,
  },
};

/** Weights of the filing agencies where the second province has this share. */
export const agencyWeights = (elsewhere: number): readonly (readonly [FilingAgency, number])[] =>
  filingAgencies.map((code) => [code, code === 'DRA-220000' ? elsewhere : surroundings[code].weight * (1 - elsewhere)] as const);

const regionShares: readonly (readonly [string, number])[] = [
  ['210000', 0.02], ['210100', 0.08], ['210102', 0.2], ['210103', 0.13], ['210104', 0.12], ['210190', 0.09], ['210200', 0.06], ['210202', 0.12],
  ['210203', 0.1], ['210204', 0.08],
];
const elsewhereShares: readonly (readonly [string, number])[] = [['220000', 0.1], ['220100', 0.5], ['220102', 0.4]];

export const regionWeights = (elsewhere: number): readonly (readonly [string, number])[] => [
  ...regionShares.map(([code, share]) => [code, share * (1 - elsewhere)] as const),
  ...elsewhereShares.map(([code, share]) => [code, share * elsewhere] as const),
];

const provincial: ReadonlySet<EnterpriseKind> = new Set(['PRODUCER', 'MAH', 'WHOLESALER']);

/** The regulator that supervises an enterprise: the province for producers and wholesalers, the bureau of the place for the others. */
export function regulatorOf(region: string, kinds: readonly EnterpriseKind[]): FilingAgency {
  if (region.startsWith('22')) return 'DRA-220000';
  if (region === '210000' || kinds.some((kind) => provincial.has(kind))) return 'DRA-210000';
  if (region === '210102') return 'MRA-210102';
  return cityTwo.includes(region) ? 'MRA-210200' : 'MRA-210100';
}

/** The city bureau of a place, or the province where there is none in the demo: it receives complaints and reports. */
export const bureauOf = (region: string): FilingAgency =>
  region.startsWith('22') ? 'DRA-220000' : region === '210000' ? 'DRA-210000' : cityTwo.includes(region) ? 'MRA-210200' : 'MRA-210100';

/** Health authority of a place. */
export const healthOf = (region: string): string | null => (region.startsWith('22') ? null : cityOne.includes(region) ? 'HC-210100' : 'HC-210000');

/** The character with which licences of the place's province begin. */
export const provinceLetter = (region: string): string => (region.startsWith('22') ? '吉' : '辽');
