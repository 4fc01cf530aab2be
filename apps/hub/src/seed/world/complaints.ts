import { type Complaint, type ComplaintDraft, composeComplaint } from '@casebridge/adr';
import type { ComplaintKind, ComplaintStatus } from '@casebridge/contracts';
import { stateCouncilCalendar, uuidv7 } from '@casebridge/kernel';
import { dayOf, dayText, officeTime, workingDaysLater } from './days';
import { label } from './names';
import type { Desk } from './desk';
import { type FilingAgency, surroundings } from './places';
import type { Present } from './present';
import type { Random } from './random';
import { tables } from './tables';

export interface Received {
  readonly agency: FilingAgency;
  readonly regionCode: string;
  readonly day: number;
  readonly enterpriseUscc: string | null;
  readonly productId: string | null;
  readonly caseIds?: readonly string[];
  readonly kind?: ComplaintKind;
}

type Texts = readonly (readonly [subject: string, content: string])[];

/** What is said of a product fits every kind of product; the rest is said of a firm. */
const texts: Readonly<Record<'product' | 'firm', Texts>> = {
  product: [
    [`${label}反映销售过期产品`, `${label}在店内购得超过有效期的产品，包装批号清晰，要求查处。`],
    [`${label}反映产品外观异常`, `${label}同一批次产品变色，气味异常，怀疑质量不合格。`],
    [`${label}反映产品标签不符`, `${label}包装标签与说明书记载不一致，怀疑为不合格产品。`],
    [`${label}反映使用产品后身体不适`, `${label}使用后出现不适，怀疑产品质量有问题，要求赔偿并查处。`],
  ],
  firm: [
    [`${label}反映网店无证经营`, `${label}网络店铺未展示许可证即对外销售。`],
    [`${label}反映企业编造检验记录`, `${label}企业检验记录与实际检验日期不符，疑似编造。`],
    [`${label}反映超范围经营`, `${label}店内销售的品种超出许可证载明的范围。`],
  ],
};

/** What is scrubbed of the few texts is worked out once, by the function that takes complaints in. */
let stored: Readonly<Record<keyof typeof texts, Texts>> | null = null;

function compose(draft: ComplaintDraft, random: Random): Complaint {
  return composeComplaint(draft, stateCouncilCalendar, (length) => Buffer.from(random.bytes(length))).complaint;
}

/** Writes a complaint, or a report of a breach, as it was taken in and as far as it has come. */
export function recordComplaint({ rows, numbers, present }: Desk, received: Received, random: Random): void {
  const { agency, regionCode, day, enterpriseUscc, productId } = received;
  const at = officeTime(day, random);
  const kind = received.kind ?? random.weighted([['COMPLAINT', 0.6], ['REPORT', 0.4]]);
  const { status, acceptedAt } = progress(kind, day, present, (received.caseIds ?? []).length > 0, random);
  const draft: ComplaintDraft = {
    id: uuidv7(at, random.bytes), complaintNo: numbers.next(`${surroundings[agency].short}${kind === 'COMPLAINT' ? '诉' : '举'}`, dayText(dayOf(at)).slice(0, 4)),
    kind, receivedAt: new Date(at), status, agencyCode: agency, regionCode, enterpriseUscc, productId, subject: '演示', content: '演示', acceptedAt,
    partCodes: random.chance(0.03) && agency === 'MRA-210100' ? ['MRA-210102'] : [], caseIds: [...(received.caseIds ?? [])],
  };
  const scrubbed = (group: Texts): Texts => group.map(([subject, content]) => {
    const sample = composeComplaint({ ...draft, subject, content }, stateCouncilCalendar).complaint;
    return [sample.subject, sample.content] as const;
  });
  stored ??= { product: scrubbed(texts.product), firm: scrubbed(texts.firm) };
  const [subject, content] = random.pick(stored[productId === null ? 'firm' : 'product']);
  rows.put(tables.complaint, { ...compose(draft, random), subject, content } as never);
}

function progress(kind: ComplaintKind, day: number, present: Present, ledToCase: boolean, random: Random): { readonly status: ComplaintStatus; readonly acceptedAt: Date | null } {
  const age = present.number - day;
  if (kind === 'REPORT') {
    if (ledToCase) return { status: random.pick(['SUBSTANTIATED', 'SUBSTANTIATED', 'CHECKING'] as const), acceptedAt: null };
    if (age < 5) return { status: 'RECEIVED', acceptedAt: null };
    if (age < 25) return { status: 'CHECKING', acceptedAt: null };
    return { status: random.weighted([['NOT_SUBSTANTIATED', 0.45], ['SUBSTANTIATED', 0.25], ['CLOSED', 0.27], ['CHECKING', 0.03]]), acceptedAt: null };
  }
  if (age < 8) return { status: 'RECEIVED', acceptedAt: null };
  if (random.chance(0.15)) return { status: 'NOT_ACCEPTED', acceptedAt: null };
  const accepted = new Date(officeTime(workingDaysLater(day, random.int(1, 6)), random));
  if (accepted > present.now) return { status: 'RECEIVED', acceptedAt: null };
  return { status: age < 60 ? random.pick(['ACCEPTED', 'IN_MEDIATION'] as const) : random.weighted([['CLOSED', 0.95], ['IN_MEDIATION', 0.05]]), acceptedAt: accepted };
}
