import { randomFrom } from '../random';

/** Synthetic records, made for this bench alone: no agency, company or person of the world. Each service knows its own part. */
export interface World {
  readonly enforcement: { readonly cases: readonly CaseRecord[] };
  readonly inspection: { readonly enterprises: readonly EnterpriseRecord[]; readonly drugs: readonly DrugRecord[] };
  readonly credit: { readonly files: readonly CreditRecord[] };
  readonly adr: { readonly cases: readonly ReportedRecord[] };
}

interface Agency { readonly code: string; readonly name: string; readonly functions: readonly string[] }
interface Basis { readonly instrument: string; readonly article: string }

export interface CaseRecord {
  readonly id: string;
  readonly caseNo: string;
  readonly status: string;
  readonly filedAt: string;
  readonly cause: string;
  readonly agency: Agency;
  readonly enterprise: { readonly uscc: string };
  readonly penaltyDecision: {
    readonly documentNo: string; readonly decidedOn: string;
    readonly items: readonly { readonly kind: string; readonly amountFen: number | null; readonly basis: Basis }[];
  } | null;
  readonly referral: {
    readonly id: string; readonly version: number; readonly status: string; readonly dueAt: string | null; readonly overdue: boolean; readonly holder: Agency;
    readonly timeline: readonly {
      readonly position: number; readonly act: string; readonly status: string; readonly at: string; readonly actor: Agency; readonly basis: Basis;
    }[];
  } | null;
}

export interface EnterpriseRecord {
  readonly uscc: string;
  readonly name: string;
  readonly address: string;
  readonly riskTier: string;
  readonly inspections: readonly {
    readonly id: string; readonly kind: string; readonly conductedOn: string; readonly conclusion: string | null;
    readonly defects: readonly { readonly id: string; readonly grade: string; readonly status: string }[];
  }[];
}

export interface DrugRecord { readonly id: string; readonly name: string; readonly registrationNo: string; readonly dosageForm: string }

export interface CreditRecord {
  readonly uscc: string;
  readonly creditScore: number;
  readonly creditPunishments: readonly { readonly id: string; readonly kind: string; readonly status: string; readonly startsOn: string; readonly endsOn: string | null }[];
}

export interface ReportedRecord {
  readonly id: string;
  readonly complaints: readonly { readonly id: string; readonly receivedAt: string; readonly channel: string; readonly status: string }[];
  readonly adverseReactionReports: readonly {
    readonly id: string; readonly seriousness: string; readonly receivedOn: string; readonly reaction: string; readonly drug: { readonly id: string };
  }[];
}

export const sizes = { cases: 1_000, enterprises: 200, drugs: 100 } as const;

export const codes = {
  CaseStatus: ['FILED', 'INVESTIGATING', 'DECIDED', 'EXECUTED', 'CLOSED'],
  AgencyFunction: ['DRUG', 'MARKET', 'POLICE', 'PROCURATORATE'],
  PenaltyKind: ['WARNING', 'FINE', 'CONFISCATION', 'SUSPENSION'],
  ReferralStatus: ['SENT', 'RECEIVED', 'SUPPLEMENT_REQUESTED', 'ACCEPTED', 'FILED'],
  RiskTier: ['A', 'B', 'C', 'D'],
  InspectionKind: ['ROUTINE', 'FOR_CAUSE', 'UNANNOUNCED'],
  DefectGrade: ['CRITICAL', 'MAJOR', 'MINOR'],
  DefectStatus: ['OPEN', 'RECTIFIED', 'VERIFIED'],
  PunishmentKind: ['MARKET_BAN', 'KEY_SUPERVISION', 'NO_SUBSIDY'],
  PunishmentStatus: ['IN_FORCE', 'ENDED', 'LIFTED'],
  Channel: ['HOTLINE', 'WEB', 'LETTER'],
  ComplaintStatus: ['RECEIVED', 'ACCEPTED', 'ANSWERED'],
  Seriousness: ['NON_SERIOUS', 'SERIOUS', 'FATAL'],
} as const;

/** Draws from one sequence: the same seed, the same world. */
class Draw {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = randomFrom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('nothing to draw from');
    return value;
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  digits(length: number): string {
    return Array.from({ length }, () => this.below(10)).join('');
  }

  id(): string {
    const hex = (length: number): string => Array.from({ length }, () => this.below(16).toString(16)).join('');
    return `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
  }

  day(): string {
    return `202${4 + this.below(3)}-${String(1 + this.below(12)).padStart(2, '0')}-${String(1 + this.below(28)).padStart(2, '0')}`;
  }

  instant(): string {
    return `${this.day()}T0${this.below(10)}:${10 + this.below(50)}:00.000Z`;
  }

  list<T>(from: number, to: number, make: (index: number) => T): T[] {
    return Array.from({ length: from + this.below(to - from + 1) }, (_, i) => make(i));
  }
}

const agencies: readonly Agency[] = Array.from({ length: 12 }, (_, i) => ({
  code: `BEN-2101${String(i).padStart(2, '0')}`,
  name: `演示${i % 3 === 0 ? '公安' : '药监'}机关 ${i + 1}`,
  functions: i % 3 === 0 ? ['POLICE'] : ['DRUG', 'MARKET'],
}));
const bases: readonly Basis[] = ['98', '117', '118', '124', '126', '129'].map((article) => ({ instrument: '药品管理法(2019)', article }));
const causes = ['演示案由:销售来源不明的药品', '演示案由:未遵守药品经营质量管理规范', '演示案由:擅自改变贮存条件'];
const reactions = ['皮疹', '恶心', '头晕', '发热'];
const forms = ['片剂', '胶囊剂', '注射剂', '颗粒剂'];

/** @param seed - the same seed gives the same records in every process */
export function worldFrom(seed: number): World {
  const draw = new Draw(seed);
  const drugs = Array.from({ length: sizes.drugs }, (_, i): DrugRecord => ({
    id: draw.id(), name: `演示药品 ${i + 1}`, registrationNo: `演药准字H${draw.digits(8)}`, dosageForm: draw.of(forms),
  }));
  const enterprises = Array.from({ length: sizes.enterprises }, (_, i): EnterpriseRecord => ({
    uscc: `91BENCH${draw.digits(11)}`, name: `演示药业 ${i + 1}`, address: `演示省演示市演示路 ${draw.below(900)} 号`, riskTier: draw.of(codes.RiskTier),
    inspections: draw.list(2, 3, () => ({
      id: draw.id(), kind: draw.of(codes.InspectionKind), conductedOn: draw.day(), conclusion: draw.chance(0.8) ? '符合演示要求' : null,
      defects: draw.list(1, 3, () => ({ id: draw.id(), grade: draw.of(codes.DefectGrade), status: draw.of(codes.DefectStatus) })),
    })),
  }));
  const files = enterprises.map(({ uscc }): CreditRecord => ({
    uscc, creditScore: 300 + draw.below(600),
    creditPunishments: draw.list(1, 3, () => ({
      id: draw.id(), kind: draw.of(codes.PunishmentKind), status: draw.of(codes.PunishmentStatus), startsOn: draw.day(), endsOn: draw.chance(0.7) ? draw.day() : null,
    })),
  }));
  const cases = Array.from({ length: sizes.cases }, (_, i) => caseFrom(draw, i, draw.of(enterprises).uscc));
  const reported = cases.map(({ id }): ReportedRecord => ({
    id,
    complaints: draw.list(1, 2, () => ({ id: draw.id(), receivedAt: draw.instant(), channel: draw.of(codes.Channel), status: draw.of(codes.ComplaintStatus) })),
    adverseReactionReports: draw.list(3, 3, () => ({
      id: draw.id(), seriousness: draw.of(codes.Seriousness), receivedOn: draw.day(), reaction: draw.of(reactions), drug: { id: draw.of(drugs).id },
    })),
  }));
  return { enforcement: { cases }, inspection: { enterprises, drugs }, credit: { files }, adr: { cases: reported } };
}

const caseFrom = (draw: Draw, index: number, uscc: string): CaseRecord => ({
  id: draw.id(), caseNo: `演示药监罚案〔2026〕${index + 1} 号`, status: draw.of(codes.CaseStatus), filedAt: draw.instant(), cause: draw.of(causes),
  agency: draw.of(agencies), enterprise: { uscc },
  penaltyDecision: draw.chance(0.9) ? {
    documentNo: `演示罚决〔2026〕${index + 1} 号`, decidedOn: draw.day(),
    items: draw.list(1, 2, () => ({ kind: draw.of(codes.PenaltyKind), amountFen: draw.chance(0.7) ? draw.below(10_000_000) : null, basis: draw.of(bases) })),
  } : null,
  referral: draw.chance(0.95) ? {
    id: draw.id(), version: 1 + draw.below(9), status: draw.of(codes.ReferralStatus), dueAt: draw.chance(0.5) ? draw.instant() : null, overdue: draw.chance(0.1),
    holder: draw.of(agencies),
    timeline: draw.list(3, 5, (position) => ({
      position, act: 'sendReferral', status: draw.of(codes.ReferralStatus), at: draw.instant(), actor: draw.of(agencies), basis: draw.of(bases),
    })),
  } : null,
});
