import { demoRegions, type EnterpriseKind, enterpriseKind, type LicenceKind, type RiskTier } from '@casebridge/contracts';
import { addDays, addYears, composeUscc, startOfDay, uuidv7 } from '@casebridge/kernel';
import { type EnterpriseEntity, enterpriseSearch, type KeyPersonEntity, type LicenceEntity } from '@casebridge/inspection';
import { dayNumber, dayText } from './days';
import { cyclic, cyclicEn, personName, plain, serial } from './names';
import type { Present } from './present';
import { provinceLetter, regionCodes, regionWeights, regulatorOf } from './places';
import { Random } from './random';

/** What stories need of an enterprise. */
export interface Enterprise {
  readonly index: number;
  readonly uscc: string;
  readonly name: string;
  readonly kinds: readonly EnterpriseKind[];
  readonly regionCode: string;
  readonly agencyCode: string;
  readonly legalRepresentative: string;
}

const kinds: readonly EnterpriseKind[] = enterpriseKind.codes;
const kindWeights: readonly (readonly [EnterpriseKind, number])[] = [
  ['RETAILER', 0.47], ['MEDICAL_INSTITUTION', 0.16], ['WHOLESALER', 0.07], ['PRODUCER', 0.06], ['MAH', 0.03], ['DEVICE_PRODUCER', 0.04],
  ['DEVICE_DISTRIBUTOR', 0.09], ['COSMETIC_PRODUCER', 0.03], ['ONLINE_PLATFORM', 0.02], ['OTHER', 0.03],
];

const suffix: Readonly<Record<EnterpriseKind, readonly [zh: string, en: string]>> = {
  PRODUCER: ['制药有限公司', 'Pharmaceutical'], MAH: ['医药科技有限公司', 'Drug Technology'], WHOLESALER: ['医药批发有限公司', 'Drug Wholesale'],
  RETAILER: ['大药房', 'Pharmacy'], MEDICAL_INSTITUTION: ['医院', 'Hospital'], DEVICE_PRODUCER: ['医疗器械制造有限公司', 'Device Manufacturing'],
  DEVICE_DISTRIBUTOR: ['医疗器械销售有限公司', 'Device Trading'], COSMETIC_PRODUCER: ['化妆品有限公司', 'Cosmetics'],
  ONLINE_PLATFORM: ['网络科技有限公司', 'Online Platform'], OTHER: ['商贸有限公司', 'Trading'],
};

const regionOf = new Map(demoRegions.map((region) => [region.code, region]));

/** Posts that an enterprise of a kind has to fill; numbers of persons are eight per enterprise. */
const posts: Readonly<Record<EnterpriseKind, readonly KeyPersonEntity['post'][]>> = {
  PRODUCER: ['LEGAL_REPRESENTATIVE', 'PRINCIPAL', 'QUALIFIED_PERSON', 'QUALITY_HEAD', 'PRODUCTION_HEAD', 'TEST_STAFF'],
  MAH: ['LEGAL_REPRESENTATIVE', 'PRINCIPAL', 'QUALIFIED_PERSON', 'QUALITY_HEAD', 'PHARMACOVIGILANCE_HEAD'],
  WHOLESALER: ['LEGAL_REPRESENTATIVE', 'PRINCIPAL', 'QUALITY_HEAD'], RETAILER: ['LEGAL_REPRESENTATIVE', 'QUALITY_HEAD'],
  MEDICAL_INSTITUTION: ['LEGAL_REPRESENTATIVE', 'PRINCIPAL'], DEVICE_PRODUCER: ['LEGAL_REPRESENTATIVE', 'QUALITY_HEAD', 'PRODUCTION_HEAD'],
  DEVICE_DISTRIBUTOR: ['LEGAL_REPRESENTATIVE', 'QUALITY_HEAD'], COSMETIC_PRODUCER: ['LEGAL_REPRESENTATIVE', 'QUALITY_HEAD'],
  ONLINE_PLATFORM: ['LEGAL_REPRESENTATIVE'], OTHER: ['LEGAL_REPRESENTATIVE'],
};

const personOf = (enterprise: number, nth: number): string => personName(enterprise * 8 + nth);
const tiers: readonly RiskTier[] = ['A', 'B', 'C', 'D'];

/** Numbers of licences within province, kind and year: never the same twice, whatever the scale. */
class LicenceNumbers {
  private readonly given = new Map<string, number>();

  next(key: string, years: readonly number[], perYear: number): { readonly year: number; readonly serial: number } {
    const count = this.given.get(key) ?? 0;
    this.given.set(key, count + 1);
    const serialNo = Math.floor(count / years.length) + 1;
    if (serialNo > perYear) throw new RangeError(`More licences of ${key} than there are numbers`);
    return { year: years[count % years.length]!, serial: serialNo };
  }
}

/** Licences hold for five years: those of the years before last are in force, and the oldest just ran out. */
const licenceYears = ({ year }: Present): readonly number[] => [5, 4, 3, 2, 1, 0].map((ago) => year - ago);

/**
 * The enterprises of the world. Place and kind of each stand in small arrays, so that a story can find one; everything else is worked out
 * from its number when it is needed.
 */
export class Enterprises {
  private readonly regions: Uint8Array;
  private readonly kindsOf: Uint8Array;
  private readonly buckets: readonly (readonly number[])[];
  private readonly numbers = new LicenceNumbers();

  constructor(private readonly seed: number, readonly count: number, elsewhere: number, private readonly present: Present) {
    const random = Random.of(seed, 'enterprise-layout');
    const regionShares = regionWeights(elsewhere).map(([code, weight]) => [regionCodes.indexOf(code), weight] as const);
    const kindShares = kindWeights.map(([kind, weight]) => [kinds.indexOf(kind), weight] as const);
    this.regions = new Uint8Array(count);
    this.kindsOf = new Uint8Array(count);
    const buckets: number[][] = Array.from({ length: regionCodes.length * kinds.length }, () => []);
    for (let i = 0; i < count; i += 1) {
      // The first ones are one of each kind in each region, so that every story finds somebody at every scale.
      const fixed = i < buckets.length;
      const region = fixed ? Math.floor(i / kinds.length) : random.weighted(regionShares);
      const kind = fixed ? i % kinds.length : random.weighted(kindShares);
      this.regions[i] = region;
      this.kindsOf[i] = kind;
      buckets[region * kinds.length + kind]!.push(i);
    }
    this.buckets = buckets;
  }

  kindOf(index: number): EnterpriseKind {
    return kinds[this.kindsOf[index]!]!;
  }

  /** Numbers of all enterprises of some kinds, in order. */
  *ofKinds(wanted: readonly EnterpriseKind[]): Generator<number> {
    for (let i = 0; i < this.count; i += 1) if (wanted.includes(this.kindOf(i))) yield i;
  }

  /** One of these kinds in a region: of three that are drawn, the one with the worst record, since that is where cases come from. */
  pick(random: Random, regionCode: string, wanted: readonly EnterpriseKind[]): Enterprise {
    const bucket = this.buckets[regionCodes.indexOf(regionCode) * kinds.length + kinds.indexOf(random.pick(wanted))]!;
    const drawn = [random.pick(bucket), random.pick(bucket), random.pick(bucket)];
    return this.at(drawn.reduce((worst, i) => (this.tierOf(i).index > this.tierOf(worst).index ? i : worst)));
  }

  /** Any one of these kinds in a region. */
  any(random: Random, regionCode: string, wanted: readonly EnterpriseKind[]): Enterprise {
    return this.at(random.pick(this.buckets[regionCodes.indexOf(regionCode) * kinds.length + kinds.indexOf(random.pick(wanted))]!));
  }

  at(index: number): Enterprise {
    const region = regionCodes[this.regions[index]!]!;
    const kind = this.kindOf(index);
    const all: readonly EnterpriseKind[] = kind === 'PRODUCER' ? ['PRODUCER', 'MAH'] : [kind];
    return {
      index, uscc: usccOf(index, region, kind), name: `${plain(regionOf.get(region)!.name)}${cyclic(index)}${suffix[kind][0]}（演示）${serial(index)}`,
      kinds: all, regionCode: region, agencyCode: regulatorOf(region, all), legalRepresentative: personOf(index, 0),
    };
  }

  private tierOf(index: number): { readonly index: number; readonly score: number } {
    const random = Random.of(this.seed, 'tier', index);
    const tier = random.weighted([[0, 0.3], [1, 0.45], [2, 0.19], [3, 0.06]]);
    return { index: tier, score: tier * 25 + random.int(1, 25) };
  }

  /** The record with its search columns. */
  row({ index, uscc, name, kinds: all, regionCode, agencyCode }: Enterprise): EnterpriseEntity {
    const random = Random.of(this.seed, 'enterprise', index);
    const { year } = this.present;
    const { index: tier, score } = this.tierOf(index);
    const nameEn = `Demo ${cyclicEn(index)} ${suffix[this.kindOf(index)][1]} ${serial(index)}`;
    return {
      uscc, name, nameEn, kinds: [...all], regionCode, agencyCode,
      address: `${plain(regionOf.get(regionCode)!.name)}演示路${random.int(1, 999)}号`,
      riskTier: tiers[tier]!, riskScore: score,
      riskReasons: tier < 2 ? [] : [random.pick(['检查发现重复缺陷', '近一年受到行政处罚', '投诉举报集中', '关键岗位人员变动频繁'])],
      registeredOn: dayText(random.int(dayNumber(`${year - 10}-01-01`), dayNumber(`${year - 1}-06-30`))),
      ...enterpriseSearch({ uscc, name, nameEn }),
    };
  }

  keyPersons({ index, uscc }: Enterprise): KeyPersonEntity[] {
    const random = Random.of(this.seed, 'key-person', index);
    const { year } = this.present;
    return posts[this.kindOf(index)].map((post, nth) => {
      const from = random.int(dayNumber(`${year - 8}-01-01`), dayNumber(`${year - 1}-12-31`));
      return { id: uuidv7(startOfDay(dayText(from)), random.bytes), uscc, post, name: personOf(index, nth), fromDate: dayText(from), toDate: null };
    });
  }

  /** Licences by kind of enterprise; must be asked in order of number, as numbers of licences are given in that order. */
  licences(enterprise: Enterprise): LicenceEntity[] {
    const { index } = enterprise;
    return licencesOf(enterprise, this.kindOf(index), Random.of(this.seed, 'licence', index), this.numbers, this.present);
  }
}

const departments: Partial<Record<EnterpriseKind, string>> = { MEDICAL_INSTITUTION: '52', RETAILER: '92' };

/** The organisation code begins with DM, which no registrar gives: the codes pass their checks and belong to nobody. */
const usccOf = (index: number, region: string, kind: EnterpriseKind): string =>
  composeUscc({ department: departments[kind] ?? '91', region, organisation: `DM${serial(index, 6)}` });

/** The two letters of a distribution licence: what is traded, and whether by a legal person. */
const distributionClasses: Readonly<Partial<Record<EnterpriseKind, readonly string[]>>> = {
  WHOLESALER: ['AA', 'AB'], RETAILER: ['DA', 'DB', 'CA', 'CB', 'BA', 'BB'],
};

function licencesOf(e: Enterprise, kind: EnterpriseKind, random: Random, numbers: LicenceNumbers, present: Present): LicenceEntity[] {
  const province = provinceLetter(e.regionCode);
  const yearly = (of: LicenceKind, form: (year: number, serialNo: string) => string, digits = 4) => {
    const { year, serial: n } = numbers.next(`${province}${of}`, licenceYears(present), 10 ** digits - 1);
    return { kind: of, year, number: form(year, serial(n, digits)) };
  };
  const numbered = (): readonly { readonly kind: LicenceKind; readonly year: number; readonly number: string }[] => {
    switch (kind) {
      case 'PRODUCER':
      case 'MAH':
        return [yearly('DRUG_PRODUCTION', (year, n) => `${province}${year}${n}`)];
      case 'WHOLESALER':
      case 'RETAILER': {
        const letters = random.pick(distributionClasses[kind]!);
        const prefix = `${province}${letters}${e.regionCode.slice(0, 4)}`;
        const { year, serial: n } = numbers.next(prefix, [present.year - 3], 99_999);
        return [{ kind: 'DRUG_DISTRIBUTION', year: year + random.int(-2, 2), number: `${prefix}${serial(n)}` }];
      }
      case 'MEDICAL_INSTITUTION': {
        const practising = yearly('MEDICAL_INSTITUTION', (year, n) => `演示医${province}${year}${n}`, 5);
        return e.index % 8 === 0 ? [practising, yearly('HOSPITAL_PREPARATION', (year, n) => `${province}药制许${year}${n}`)] : [practising];
      }
      case 'DEVICE_PRODUCER':
        return [yearly('DEVICE_PRODUCTION', (year, n) => `${province}药监械生产许${year}${n}号`)];
      case 'DEVICE_DISTRIBUTOR':
        return [yearly('DEVICE_DISTRIBUTION', (year, n) => `${province}药监械经营许${year}${n}号`)];
      case 'COSMETIC_PRODUCER':
        return [yearly('COSMETIC_PRODUCTION', (year, n) => `${province}妆${year}${n}`)];
      default:
        return [];
    }
  };
  return numbered().map(({ kind: of, year, number }) => {
    const from = random.int(dayNumber(`${year}-01-05`), dayNumber(`${year}-10-30`));
    return {
      id: uuidv7(startOfDay(dayText(from)), random.bytes), uscc: e.uscc, kind: of, number,
      scope: `演示经营范围：${suffix[kind][0]}`, classCode: of === 'DRUG_PRODUCTION' ? (kind === 'MAH' ? 'Bhz' : random.pick(['AhzBh', 'Ah', 'ChzDh'])) : null,
      issuedByAgencyCode: e.agencyCode, validFrom: dayText(from), validTo: addDays(addYears(dayText(from), 5), -1),
      status: random.weighted([['VALID', 0.97], ['SUSPENDED', 0.02], ['CANCELLED', 0.01]]),
    };
  });
}
