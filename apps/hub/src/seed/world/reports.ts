import { type AdverseReactionReport, composeReport, type ReactionTerm, type ReportDraft } from '@casebridge/adr';
import type { ProductKind, ReactionOutcome, ReportKind, Seriousness } from '@casebridge/contracts';
import { ageBand, causality, patientSex } from '@casebridge/contracts';
import { addDays, stateCouncilCalendar, uuidv7 } from '@casebridge/kernel';
import { dayText, officeTime } from './days';
import type { Desk } from './desk';
import { label, serial } from './names';
import { bureauOf, healthOf } from './places';
import type { Present } from './present';
import type { Product, Products } from './products';
import type { Random } from './random';
import { tables } from './tables';

/** Where and when a report is made, and of what. */
export interface Reported {
  readonly regionCode: string;
  /** Number of the day on which the reporter learned of it. */
  readonly day: number;
  readonly kind?: ReportKind;
  readonly product?: Product;
  readonly caseIds?: readonly string[];
  /** The owner, where it is not worked out from the place. */
  readonly agency?: string;
}

const term = (en: string, zh: string): ReactionTerm => ({ code: null, term: en, termZh: zh });
const terms: readonly ReactionTerm[] = [
  term('Rash', '皮疹'), term('Nausea', '恶心'), term('Fever', '发热'), term('Dizziness', '头晕'), term('Pruritus', '瘙痒'), term('Chills', '寒战'),
  term('Abnormal liver function', '肝功能异常'), term('Anaphylactic shock', '过敏性休克'), term('Injection site swelling', '注射部位肿胀'),
];

const kindWeights: readonly (readonly [ReportKind, number])[] = [
  ['SPONTANEOUS', 0.72], ['AEFI', 0.1], ['DEVICE_EVENT', 0.1], ['COSMETIC_REACTION', 0.06], ['GROUP_EVENT', 0.02],
];
const productsOf: Readonly<Record<ReportKind, readonly ProductKind[]>> = {
  SPONTANEOUS: ['DRUG', 'TCM_SLICES', 'HOSPITAL_PREPARATION'], AEFI: ['VACCINE'], GROUP_EVENT: ['DRUG'], DEVICE_EVENT: ['DEVICE'], COSMETIC_REACTION: ['COSMETIC'],
};
const seriousnessWeights: readonly (readonly [Seriousness, number])[] = [
  ['NOT_SERIOUS', 0.7], ['HOSPITALISATION', 0.16], ['OTHER_IMPORTANT', 0.08], ['LIFE_THREATENING', 0.03], ['DISABILITY', 0.015], ['DEATH', 0.01],
  ['CONGENITAL_ANOMALY', 0.005],
];
const outcomeWeights: readonly (readonly [ReactionOutcome, number])[] = [
  ['RECOVERED', 0.45], ['RECOVERING', 0.35], ['NOT_RECOVERED', 0.08], ['SEQUELAE', 0.02], ['UNKNOWN', 0.1],
];

type Story = ReportKind | 'FATAL';

/** A narrative fits the kind of event, and says nothing of how it went on but where it ended in death. */
const narratives: Readonly<Record<Story, readonly string[]>> = {
  SPONTANEOUS: [`${label}用药后30分钟出现不适，停药并对症处理。`, `${label}静脉滴注过程中出现寒战、发热，立即停止输液。`],
  AEFI: [`${label}接种后次日出现局部红肿，留院观察。`, `${label}接种后当晚发热，就诊观察。`],
  GROUP_EVENT: [`${label}同一批次短时间内多人出现相似反应，已封存留样。`],
  DEVICE_EVENT: [`${label}使用过程中器械工作异常，立即停用并更换。`],
  COSMETIC_REACTION: [`${label}使用后面部出现红斑，停用并就诊。`],
  FATAL: [`${label}出现严重反应，经抢救无效死亡，已封存留样并开展调查。`],
};

/** Writes a report as it is taken in. */
export function recordReport({ rows, numbers, present }: Desk, products: Products, reported: Reported, random: Random): void {
  const { regionCode, day } = reported;
  const health = healthOf(regionCode);
  const drawn = reported.kind ?? random.weighted(kindWeights);
  // The second province has no health authority in the demo that could own an event together with the regulator.
  const kind = health === null && (drawn === 'AEFI' || drawn === 'GROUP_EVENT') ? 'SPONTANEOUS' : drawn;
  const product = reported.product ?? products.pick(random, productsOf[kind], null);
  const seriousness = kind === 'DEVICE_EVENT' ? random.pick(['OTHER_IMPORTANT', 'HOSPITALISATION', 'LIFE_THREATENING'] as const) : random.weighted(seriousnessWeights);
  const receivedOn = dayText(day);
  const draft: ReportDraft = {
    id: uuidv7(officeTime(day, random), random.bytes), reportNo: `演示报告${receivedOn.slice(0, 4)}-${serial(numbers.count(`report${receivedOn.slice(0, 4)}`), 7)}`,
    kind, seriousness, isNew: random.chance(0.15), onsetOn: random.chance(0.9) ? addDays(receivedOn, -random.int(0, 20)) : null, receivedOn, reportedOn: null,
    productId: product.id, batchNo: `YS${receivedOn.slice(2, 4)}${serial(random.int(1, 9_999), 4)}`, enterpriseUscc: product.holderUscc, regionCode,
    ...ownersOf(kind, regionCode, health, reported.agency, random), reactions: drawTerms(random), causality: random.pick(causality.codes),
    outcome: seriousness === 'DEATH' ? 'FATAL' : random.weighted(outcomeWeights), patientSex: random.pick(patientSex.codes), ageBand: random.pick(ageBand.codes),
    narrative: null, caseIds: [...(reported.caseIds ?? [])],
  };
  const report = composeReport(draft, stateCouncilCalendar);
  rows.put(tables.report, { ...report, narrative: random.pick(storedNarratives(report.outcome === 'FATAL' ? 'FATAL' : kind)), reportedOn: reportedOn(report, day, present, random) } as never);
}

const stored = new Map<Story, readonly string[]>();

/** Scrubbing is by far the slowest step of a report: the few texts of the demo are scrubbed once, by the same function. */
function storedNarratives(story: Story): readonly string[] {
  const known = stored.get(story);
  if (known) return known;
  const scrubbed = narratives[story].map((narrative) => {
    const sample: ReportDraft = {
      id: uuidv7(0), reportNo: '演示', kind: 'SPONTANEOUS', seriousness: 'NOT_SERIOUS', isNew: false, onsetOn: null, receivedOn: dayText(0),
      reportedOn: null, productId: null, batchNo: null, enterpriseUscc: null, regionCode: '210000', agencyCode: 'DRA-210000', coOwnerCodes: [],
      reactions: [terms[0]!], causality: 'PENDING', outcome: 'UNKNOWN', patientSex: 'UNKNOWN', ageBand: 'UNKNOWN', narrative, caseIds: [],
    };
    return composeReport(sample, stateCouncilCalendar).narrative!;
  });
  stored.set(story, scrubbed);
  return scrubbed;
}

/** AEFI and group events belong to the regulator and the health authority together, in either order; others to the regulator or the ADR centre. */
function ownersOf(kind: ReportKind, region: string, health: string | null, agency: string | undefined, random: Random) {
  const bureau = agency ?? bureauOf(region);
  if (health !== null && (kind === 'AEFI' || kind === 'GROUP_EVENT')) {
    const handler = kind === 'AEFI' && health === 'HC-210100' && random.chance(0.4) ? 'CDC-210100' : health;
    return agency === undefined && random.chance(0.5) ? { agencyCode: handler, coOwnerCodes: [bureau] } : { agencyCode: bureau, coOwnerCodes: [health] };
  }
  const centre = agency === undefined && region.startsWith('21') && random.chance(0.25);
  return { agencyCode: centre ? 'ADRC-210000' : bureau, coOwnerCodes: [] };
}

function drawTerms(random: Random): ReactionTerm[] {
  const first = random.int(0, terms.length - 1);
  return random.chance(0.35) ? [terms[first]!, terms[(first + 1) % terms.length]!] : [terms[first]!];
}

/** In time as a rule, late now and then, and the newest still outstanding. */
function reportedOn({ dueOn, receivedOn }: AdverseReactionReport, day: number, present: Present, random: Random): string | null {
  const limit = dueOn === null ? 10 : Math.max(0, (Date.parse(dueOn) - Date.parse(receivedOn)) / 86_400_000);
  const reported = day + (random.chance(0.08) ? limit + random.int(1, 20) : random.int(0, limit));
  return reported > present.number ? null : dayText(reported);
}
