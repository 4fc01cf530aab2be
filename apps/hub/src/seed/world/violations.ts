import type { CriminalCharge, EnterpriseKind, ProductDomain, ProductKind, ViolationType } from '@casebridge/contracts';
import { type Citation, csar2021, dal2019, dar2026, mdr2021 } from '@casebridge/kernel';

/** What a fine on the respondent is reckoned from. */
export type Fine =
  /** A multiple of the value of the goods, which counts as at least so much; below a threshold a fixed range may stand instead. */
  | { readonly by: 'GOODS'; readonly times: readonly [number, number]; readonly leastYuan?: number; readonly small?: { readonly belowYuan: number; readonly yuan: readonly [number, number] } }
  /** A multiple of the unlawful gains, counted as at least so much. */
  | { readonly by: 'GAINS'; readonly times: readonly [number, number]; readonly leastYuan: number }
  | { readonly by: 'RANGE'; readonly yuan: readonly [number, number] };

/** What is imposed on the persons responsible (处罚到人). */
export interface PersonPenalty {
  readonly article: Citation;
  /** Share of the income from the unit, or an amount. */
  readonly fine: { readonly by: 'INCOME'; readonly share: readonly [number, number] } | { readonly by: 'RANGE'; readonly yuan: readonly [number, number] };
  readonly ban: 'LIFE' | 'TEN_YEARS' | 'TEN_YEARS_OR_LIFE' | 'FIVE_YEARS' | null;
}

/** A kind of conduct with what the law says to it. */
export interface Violation {
  readonly type: ViolationType;
  readonly domain: ProductDomain;
  readonly respondents: readonly EnterpriseKind[];
  readonly products: readonly ProductKind[];
  readonly article: Citation;
  readonly fine: Fine;
  /** In serious cases (情节严重), which are those of the heavy tier here. */
  readonly serious?: Fine;
  readonly person: PersonPenalty | null;
  /** The article begins with a warning, and fines what is not corrected. */
  readonly warnsFirst: boolean;
  /** In serious cases production or business is suspended. */
  readonly suspends: boolean;
  readonly charge: CriminalCharge | null;
  /** May be committed by a person without an enterprise. */
  readonly byPersons?: boolean;
  /** First day on which the article is in force. */
  readonly since?: string;
  readonly facts: string;
  readonly weight: number;
}

const drugs = ['DRUG', 'TCM_SLICES'] as const satisfies readonly ProductKind[];
const makers = ['PRODUCER', 'MAH'] as const satisfies readonly EnterpriseKind[];
const sellers = ['RETAILER', 'WHOLESALER'] as const satisfies readonly EnterpriseKind[];
const income = (least: number, most: number) => ({ by: 'INCOME', share: [least, most] }) as const;
const twentyToTwoHundred = { by: 'RANGE', yuan: [20_000, 200_000] } as const;

export const violations: readonly Violation[] = [
  {
    type: 'FAKE_DRUGS', domain: 'DRUG', respondents: [...makers, 'RETAILER'], products: drugs, article: dal2019(116), weight: 8,
    fine: { by: 'GOODS', times: [15, 30], leastYuan: 100_000 }, person: { article: dal2019(118), fine: income(0.3, 3), ban: 'LIFE' },
    warnsFirst: false, suspends: true, charge: 'FAKE_DRUGS', facts: '涉案药品所含成份与国家药品标准规定的成份不符，涉嫌生产、销售假药。',
  },
  {
    type: 'SUBSTANDARD_DRUGS', domain: 'DRUG', respondents: [...makers, ...sellers], products: drugs, article: dal2019(117), weight: 15,
    fine: { by: 'GOODS', times: [10, 20], leastYuan: 10_000 }, person: { article: dal2019(118), fine: income(0.3, 3), ban: 'LIFE' },
    warnsFirst: false, suspends: true, charge: 'SUBSTANDARD_DRUGS', facts: '抽检发现含量测定不符合规定，涉嫌生产、销售劣药。',
  },
  {
    type: 'UNLICENSED_BUSINESS', domain: 'DRUG', respondents: ['OTHER', 'ONLINE_PLATFORM'], products: drugs, article: dal2019(115), weight: 8,
    fine: { by: 'GOODS', times: [15, 30], leastYuan: 100_000 }, person: null, warnsFirst: false, suspends: false, charge: 'ILLEGAL_BUSINESS',
    byPersons: true, facts: '未取得药品经营许可证从事药品经营活动。',
  },
  {
    type: 'UNAPPROVED_DRUGS', domain: 'DRUG', respondents: [...makers, 'RETAILER'], products: ['UNAPPROVED'], article: dal2019('124(1)(1)'), weight: 6,
    fine: { by: 'GOODS', times: [15, 30], leastYuan: 100_000 }, person: { article: dal2019(124), fine: income(0.3, 3), ban: 'TEN_YEARS_OR_LIFE' },
    warnsFirst: false, suspends: true, charge: 'OBSTRUCTING_DRUG_ADMINISTRATION', facts: '未取得药品批准证明文件生产、进口药品。',
  },
  {
    type: 'FABRICATED_RECORDS', domain: 'DRUG', respondents: makers, products: drugs, article: dal2019('124(1)(6)'), weight: 5,
    fine: { by: 'GOODS', times: [15, 30], leastYuan: 100_000 }, person: { article: dal2019(124), fine: income(0.3, 3), ban: 'TEN_YEARS_OR_LIFE' },
    warnsFirst: false, suspends: true, charge: 'OBSTRUCTING_DRUG_ADMINISTRATION', facts: '编造批生产记录和检验记录，电子数据审计追踪被关闭。',
  },
  {
    type: 'LICENCE_FRAUD', domain: 'DRUG', respondents: ['WHOLESALER', 'RETAILER'], products: drugs, article: dal2019(123), weight: 3,
    fine: { by: 'RANGE', yuan: [500_000, 5_000_000] }, person: { article: dal2019(123), fine: twentyToTwoHundred, ban: 'TEN_YEARS' },
    warnsFirst: false, suspends: false, charge: null, facts: '提供虚假证明材料骗取药品经营许可。',
  },
  {
    type: 'FORGED_LICENCE', domain: 'DRUG', respondents: ['RETAILER', 'WHOLESALER'], products: drugs, article: dal2019(122), weight: 4,
    fine: { by: 'GAINS', times: [1, 5], leastYuan: 100_000 }, serious: { by: 'GAINS', times: [5, 15], leastYuan: 100_000 }, person: { article: dal2019(122), fine: twentyToTwoHundred, ban: 'TEN_YEARS' },
    warnsFirst: false, suspends: false, charge: null, facts: '出租、出借药品经营许可证。',
  },
  {
    type: 'GXP_BREACH', domain: 'DRUG', respondents: [...makers, ...sellers, 'MEDICAL_INSTITUTION'], products: drugs, article: dal2019(126), weight: 18,
    fine: { by: 'RANGE', yuan: [100_000, 500_000] }, serious: { by: 'RANGE', yuan: [500_000, 2_000_000] }, person: { article: dal2019(126), fine: income(0.1, 0.5), ban: 'TEN_YEARS_OR_LIFE' },
    warnsFirst: true, suspends: true, charge: null, facts: '未遵守药品质量管理规范，关键工序缺少验证，温湿度记录不完整。',
  },
  {
    type: 'TRACEABILITY_BREACH', domain: 'DRUG', respondents: [...sellers, ...makers], products: drugs, article: dal2019(127), weight: 7,
    fine: { by: 'RANGE', yuan: [100_000, 500_000] }, person: null, warnsFirst: true, suspends: false, charge: null,
    facts: '未按照规定建立并实施药品追溯制度。',
  },
  {
    type: 'ADR_REPORTING_FAILURE', domain: 'DRUG', respondents: ['MEDICAL_INSTITUTION', ...sellers], products: drugs, article: dal2019(134), weight: 6,
    fine: { by: 'RANGE', yuan: [50_000, 500_000] }, person: null, warnsFirst: true, suspends: false, charge: null,
    facts: '未按照规定报告疑似药品不良反应。',
  },
  {
    type: 'RECALL_REFUSED', domain: 'DRUG', respondents: makers, products: drugs, article: dal2019(135), weight: 2,
    fine: { by: 'GOODS', times: [5, 10], leastYuan: 100_000 }, person: { article: dal2019(135), fine: twentyToTwoHundred, ban: null },
    warnsFirst: false, suspends: false, charge: null, facts: '收到责令召回通知后拒不召回。',
  },
  {
    type: 'UNREGISTERED_DEVICE', domain: 'DEVICE', respondents: ['DEVICE_PRODUCER', 'DEVICE_DISTRIBUTOR'], products: ['DEVICE'], article: mdr2021(81), weight: 8,
    fine: { by: 'GOODS', times: [15, 30], small: { belowYuan: 10_000, yuan: [50_000, 150_000] } },
    person: { article: mdr2021(81), fine: income(0.3, 3), ban: 'LIFE' }, warnsFirst: false, suspends: true, charge: 'FAKE_OR_SUBSTANDARD_PRODUCTS',
    facts: '生产、经营未取得注册证的第二类医疗器械。',
  },
  {
    // Goods below ¥10,000, not corrected in time: a fixed range and no confiscation, so that a light decision is a minor one.
    type: 'UNREGISTERED_DEVICE', domain: 'DEVICE', respondents: ['DEVICE_DISTRIBUTOR', 'DEVICE_PRODUCER'], products: ['DEVICE'], article: mdr2021(84), weight: 4,
    fine: { by: 'RANGE', yuan: [10_000, 50_000] }, person: { article: mdr2021(84), fine: income(0.3, 2), ban: 'FIVE_YEARS' }, warnsFirst: false,
    suspends: false, charge: null, facts: '经营未备案的第一类医疗器械，责令限期改正后逾期未改正。',
  },
  {
    type: 'ILLEGAL_COSMETIC_ADDITIVE', domain: 'COSMETIC', respondents: ['COSMETIC_PRODUCER', 'OTHER'], products: ['COSMETIC'], article: csar2021('59(3)'), weight: 5,
    fine: { by: 'GOODS', times: [15, 30], small: { belowYuan: 10_000, yuan: [50_000, 150_000] } },
    person: { article: csar2021(59), fine: income(3, 5), ban: 'LIFE' }, warnsFirst: false, suspends: true, charge: 'FAKE_OR_SUBSTANDARD_PRODUCTS',
    facts: '化妆品中检出禁止用于化妆品生产的原料。',
  },
  {
    type: 'ONLINE_SALE_BREACH', domain: 'DRUG', respondents: ['RETAILER', 'ONLINE_PLATFORM'], products: drugs, article: dar2026('79', 'P'), weight: 6,
    fine: { by: 'GOODS', times: [10, 20], leastYuan: 5_000 }, person: null, warnsFirst: false, suspends: false, charge: null, since: '2026-05-15',
    facts: '通过网络销售国家实行特殊管理的药品。',
  },
  {
    // Conduct of the trade in general, found together with drugs: the general domain of disclosure.
    type: 'ONLINE_SALE_BREACH', domain: 'GENERAL', respondents: ['ONLINE_PLATFORM', 'OTHER'], products: drugs, article: dal2019(131, 'NV'), weight: 3,
    fine: { by: 'RANGE', yuan: [200_000, 2_000_000] }, person: null, warnsFirst: false, suspends: false, charge: null,
    facts: '网络交易第三方平台未履行资质审核义务。',
  },
];

/** Conduct whose light decision is disclosed as a minor one. */
export const minorViolation: Violation = violations.find((v) => v.article.article === '84')!;
