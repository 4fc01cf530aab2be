import type { EnterpriseKind, ProductDomain, ProductKind } from '@casebridge/contracts';
import { productSearch, type ProductEntity } from '@casebridge/inspection';
import { startOfDay, uuidv7 } from '@casebridge/kernel';
import { dayNumber, dayText } from './days';
import type { Enterprise, Enterprises } from './enterprises';
import { cyclic, serial } from './names';
import { provinceLetter } from './places';
import type { Present } from './present';
import { Random } from './random';

/** What stories need of a product. */
export interface Product {
  readonly index: number;
  readonly id: string;
  readonly kind: ProductKind;
  readonly name: string;
  readonly holderUscc: string | null;
}

/** Twenty products in a row, by kind. */
const layout: readonly ProductKind[] = [
  'DRUG', 'DRUG', 'DEVICE', 'TCM_SLICES', 'DRUG', 'COSMETIC', 'DRUG', 'HOSPITAL_PREPARATION', 'DRUG', 'VACCINE', 'DRUG', 'DEVICE', 'DRUG', 'UNAPPROVED',
  'TCM_SLICES', 'DRUG', 'COSMETIC', 'DRUG', 'DEVICE', 'HOSPITAL_PREPARATION',
];

const slotsOf = Object.fromEntries(
  [...new Set(layout)].map((kind) => [kind, layout.flatMap((other, slot) => (other === kind ? [slot] : []))]),
) as unknown as Readonly<Record<ProductKind, readonly number[]>>;

const holders: Readonly<Record<ProductKind, readonly EnterpriseKind[]>> = {
  DRUG: ['PRODUCER', 'MAH'], VACCINE: ['PRODUCER'], TCM_SLICES: ['PRODUCER'], HOSPITAL_PREPARATION: ['MEDICAL_INSTITUTION'],
  DEVICE: ['DEVICE_PRODUCER'], COSMETIC: ['COSMETIC_PRODUCER'], UNAPPROVED: [],
};

const forms: Readonly<Record<ProductKind, readonly (readonly [form: string, strength: string])[]>> = {
  DRUG: [['片剂', '0.25g'], ['胶囊剂', '0.3g'], ['注射剂', '2ml:0.1g'], ['颗粒剂', '每袋装10g'], ['口服溶液剂', '100ml']],
  VACCINE: [['注射剂', '0.5ml/剂']], TCM_SLICES: [['饮片', '每袋装250g']], HOSPITAL_PREPARATION: [['软膏剂', '20g'], ['合剂', '200ml']],
  DEVICE: [['无源器械', 'I型'], ['有源器械', 'II型']], COSMETIC: [['膏霜乳液', '50g'], ['一般液态', '120ml']], UNAPPROVED: [['片剂', '不详'], ['丸剂', '不详']],
};

const domainOf = (kind: ProductKind): ProductDomain => (kind === 'DEVICE' ? 'DEVICE' : kind === 'COSMETIC' ? 'COSMETIC' : 'DRUG');

/** The products of the world; the holder of each is found by its number, and the first of each holder stands in an array. */
export class Products {
  private readonly holderOf: Int32Array;
  private readonly firstOf: Int32Array;

  constructor(private readonly seed: number, readonly count: number, private readonly enterprises: Enterprises, private readonly present: Present) {
    this.holderOf = new Int32Array(count).fill(-1);
    this.firstOf = new Int32Array(enterprises.count).fill(-1);
    const lists = Object.fromEntries(
      Object.entries(holders).map(([kind, of]) => [kind, of.length === 0 ? [] : [...enterprises.ofKinds(of)]]),
    ) as Record<ProductKind, number[]>;
    const taken = new Map<ProductKind, number>();
    for (let i = 0; i < count; i += 1) {
      const kind = this.kindOf(i);
      const list = lists[kind];
      const nth = taken.get(kind) ?? 0;
      taken.set(kind, nth + 1);
      if (list.length === 0) continue;
      const holder = list[nth % list.length]!;
      this.holderOf[i] = holder;
      if (this.firstOf[holder] === -1) this.firstOf[holder] = i;
    }
  }

  private kindOf(index: number): ProductKind {
    return layout[index % layout.length]!;
  }

  at(index: number): Product {
    const kind = this.kindOf(index);
    const random = Random.of(this.seed, 'product', index);
    const approvedOn = random.int(dayNumber(`${this.present.year - 6}-07-01`), dayNumber(`${this.present.year - 1}-12-31`));
    const holder = this.holderOf[index]!;
    return {
      index, kind, id: uuidv7(startOfDay(dayText(approvedOn)), random.bytes), name: nameOf(kind, index),
      holderUscc: holder === -1 ? null : this.enterprises.at(holder).uscc,
    };
  }

  /** One of some kinds: the enterprise's own where it holds one, else any. */
  pick(random: Random, wanted: readonly ProductKind[], of: Enterprise | null): Product {
    const own = of === null ? -1 : this.firstOf[of.index]!;
    if (own !== -1 && wanted.includes(this.kindOf(own))) return this.at(own);
    const rows = Math.floor(this.count / layout.length);
    return this.at(random.int(0, rows - 1) * layout.length + random.pick(slotsOf[random.pick(wanted)]));
  }

  /** The record with its search columns. */
  row(index: number): ProductEntity {
    const { id, kind, name, holderUscc } = this.at(index);
    const holder = this.holderOf[index]!;
    const random = Random.of(this.seed, 'product-detail', index);
    const [dosageForm, strength] = random.pick(forms[kind]);
    const registrationNo = registrationOf(kind, index, random, this.present.year, holder === -1 ? '210000' : this.enterprises.at(holder).regionCode);
    return {
      id, kind, name, registrationNo, holderUscc, dosageForm, strength, domain: domainOf(kind), ...productSearch({ name, registrationNo }),
    };
  }
}

const wordOf: Readonly<Record<ProductKind, string>> = {
  DRUG: '药品', VACCINE: '疫苗', TCM_SLICES: '饮片', HOSPITAL_PREPARATION: '医院制剂', DEVICE: '器械', COSMETIC: '化妆品', UNAPPROVED: '未批准产品',
};

const nameOf = (kind: ProductKind, index: number): string => `演示${cyclic(index)}${wordOf[kind]}${serial(index)}（演示）`;

/** Numbers by kind: REG art. 123; 医疗器械注册与备案管理办法 art. 115; 化妆品注册备案管理办法 art. 62. */
function registrationOf(kind: ProductKind, index: number, random: Random, present: number, region: string): string | null {
  const year = random.int(present - 6, present - 1);
  const four = serial(index % 10_000, 4);
  const province = provinceLetter(region);
  switch (kind) {
    case 'DRUG':
      return `国药准字${random.pick(['H', 'H', 'Z'])}${year}${four}`;
    case 'VACCINE':
      return `国药准字S${year}${four}`;
    case 'HOSPITAL_PREPARATION':
      return `${province}药制字${random.pick(['H', 'Z'])}${year}${four}`;
    case 'DEVICE':
      return random.chance(0.4) ? `国械注准${year}3${random.pick(['06', '10', '14'])}${four}` : `${province}械注准${year}2${random.pick(['07', '14', '20'])}${four}`;
    case 'COSMETIC':
      return random.chance(0.4) ? `国妆特字${year}${four}` : `${province}G妆网备字${year}${serial(index, 6)}`;
    default:
      return null;
  }
}
