import type { AgencyFunction, OfficerRole } from '@casebridge/kernel';

/** A region of the demo world. Codes have the shape of GB/T 2260; names are invented and say so. */
export interface DemoRegion {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: 'PROVINCE' | 'CITY' | 'DISTRICT' | 'FUNCTIONAL_ZONE';
  readonly parent: string | null;
}

const region = (code: string, name: string, nameEn: string, kind: DemoRegion['kind'], parent: string | null): DemoRegion =>
  ({ code, name: `${name}（演示）`, nameEn: `${nameEn} (demo)`, kind, parent });

export const demoRegions: readonly DemoRegion[] = [
  region('210000', '甲省', 'Province A', 'PROVINCE', null),
  region('210100', '甲省一市', 'City A1', 'CITY', '210000'),
  region('210102', '甲省一市东区', 'East District, City A1', 'DISTRICT', '210100'),
  region('210103', '甲省一市西区', 'West District, City A1', 'DISTRICT', '210100'),
  region('210104', '甲省一市南区', 'South District, City A1', 'DISTRICT', '210100'),
  region('210190', '甲省一市高新区', 'High-tech Zone, City A1', 'FUNCTIONAL_ZONE', '210100'),
  region('210200', '甲省二市', 'City A2', 'CITY', '210000'),
  region('210202', '甲省二市东区', 'East District, City A2', 'DISTRICT', '210200'),
  region('210203', '甲省二市西区', 'West District, City A2', 'DISTRICT', '210200'),
  region('210204', '甲省二市南区', 'South District, City A2', 'DISTRICT', '210200'),
  region('220000', '乙省', 'Province B', 'PROVINCE', null),
  region('220100', '乙省一市', 'City B1', 'CITY', '220000'),
  region('220102', '乙省一市东区', 'East District, City B1', 'DISTRICT', '220100'),
];

const cityOne = ['210100', '210102', '210103', '210104', '210190'];
const cityTwo = ['210200', '210202', '210203', '210204'];
const provinceA = ['210000', ...cityOne, ...cityTwo];
const provinceB = ['220000', '220100', '220102'];

export interface DemoAgency {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly functions: readonly AgencyFunction[];
  readonly regions: readonly string[];
  readonly superior: string | null;
  readonly status: 'ACTIVE';
  readonly issuer: string;
  readonly officers: readonly { readonly id: string; readonly roles: readonly OfficerRole[] }[];
}

const agency = (
  code: string, name: string, nameEn: string, functions: readonly AgencyFunction[], regions: readonly string[], superior: string | null,
): DemoAgency => ({
  code, name: `${name}（演示）`, nameEn: `${nameEn} (demo)`, functions, regions, superior, status: 'ACTIVE', issuer: `urn:casebridge:dev:${code}`,
  officers: [1, 2, 3, 4, 5].map((n) => ({ id: `${code}-${n}`, roles: n === 1 ? ['officer', 'head'] : ['officer'] })),
});

/** The agencies that the demo promises, with their superiors written out: nothing is derived from codes. */
export const demoAgencies: readonly DemoAgency[] = [
  agency('DRA-210000', '甲省药品监督管理局', 'Drug Administration of Province A', ['DRUG'], provinceA, null),
  agency('MRA-210100', '甲省一市市场监督管理局', 'Market Regulation Bureau of City A1', ['DRUG', 'MARKET'], cityOne, 'DRA-210000'),
  agency('MRA-210200', '甲省二市市场监督管理局', 'Market Regulation Bureau of City A2', ['DRUG', 'MARKET'], cityTwo, 'DRA-210000'),
  agency('MRA-210102', '甲省一市东区市场监督管理局', 'Market Regulation Bureau of East District, City A1', ['DRUG', 'MARKET'], ['210102'], 'MRA-210100'),
  agency('DRA-220000', '乙省药品监督管理局', 'Drug Administration of Province B', ['DRUG'], provinceB, null),
  agency('PSB-210000', '甲省公安厅', 'Public Security Department of Province A', ['POLICE'], provinceA, null),
  agency('PSB-210100', '甲省一市公安局', 'Public Security Bureau of City A1', ['POLICE'], cityOne, 'PSB-210000'),
  agency('PSB-210200', '甲省二市公安局', 'Public Security Bureau of City A2', ['POLICE'], cityTwo, 'PSB-210000'),
  agency('PSB-210102', '甲省一市公安局东区分局', 'Public Security Bureau of East District, City A1', ['POLICE'], ['210102'], 'PSB-210100'),
  agency('PPO-210000', '甲省人民检察院', "People's Procuratorate of Province A", ['PROCURATORATE'], provinceA, null),
  agency('PPO-210100', '甲省一市人民检察院', "People's Procuratorate of City A1", ['PROCURATORATE'], cityOne, 'PPO-210000'),
  agency('PPO-210200', '甲省二市人民检察院', "People's Procuratorate of City A2", ['PROCURATORATE'], cityTwo, 'PPO-210000'),
  agency('CRT-210100', '甲省一市中级人民法院', "Intermediate People's Court of City A1", ['COURT'], cityOne, null),
  agency('HC-210000', '甲省卫生健康委员会', 'Health Commission of Province A', ['HEALTH'], provinceA, null),
  agency('HC-210100', '甲省一市卫生健康委员会', 'Health Commission of City A1', ['HEALTH'], cityOne, 'HC-210000'),
  agency('CDC-210100', '甲省一市疾病预防控制中心', 'Centre for Disease Control of City A1', ['CDC'], cityOne, null),
  agency('ADRC-210000', '甲省药品不良反应监测中心', 'Adverse Reaction Monitoring Centre of Province A', ['ADR_CENTRE'], provinceA, null),
  agency('LAB-210000', '甲省药品检验研究院', 'Institute for Drug Control of Province A', ['LAB'], provinceA, null),
  agency('SUP-210000', '甲省监察委员会', 'Supervision Commission of Province A', ['SUPERVISION'], provinceA, null),
  agency('SUP-210100', '甲省一市监察委员会', 'Supervision Commission of City A1', ['SUPERVISION'], cityOne, 'SUP-210000'),
  agency('MIB-210000', '甲省医疗保障局', 'Healthcare Security Administration of Province A', ['INSURANCE'], provinceA, null),
];
