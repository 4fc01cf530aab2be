import { columnOf, type Element, type Relation, relationsOf } from './table';
import type {
  AgencyRow, CaseRow, ComplaintRow, DecisionRow, DisclosureRow, EnterpriseRow, InspectionRow, PartRow, PunishmentRow, ReferralRow, ReportRow, SealRow, TimelineRow, World,
} from './world';

/** Who reads: nobody in particular, or an officer with the roles of his token. */
export type ModelReader = { readonly kind: 'public' } | { readonly kind: 'agency'; readonly agency: string; readonly officerId: string; readonly roles: readonly string[] };

/** What the relations are asked of. */
interface Subject {
  readonly owners: readonly string[];
  readonly place: string | null;
  /** Agencies whose part in the record runs. */
  readonly parts: readonly string[];
  /** From when on `local` counts: concluded, served, or (settled point 5) always. */
  readonly settled: boolean;
  readonly published: boolean;
  readonly medical: boolean;
  /** Cases that the record is linked to. */
  readonly cases: readonly string[];
  /** The case that the record is a piece of: its seal and its exclusions hold for the record. */
  readonly of: string | null;
  /** Whether it is everybody's register and not a piece of the case alone: an excluded officer reads there what any officer reads. */
  readonly register: boolean;
  readonly event: boolean;
  readonly ordinary: boolean;
}
const blank: Subject = { owners: [], place: null, parts: [], settled: true, published: false, medical: false, cases: [], of: null, register: false, event: false, ordinary: false };

/** How a record stood when the part of the reader ended. */
export interface Standing {
  readonly endedAt: Date;
  readonly status: string;
  readonly version: number;
  readonly referralId: string | null;
  readonly position: number | null;
}

const groupBy = <T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
};
const readingRoles = ['officer', 'head', 'reviewer', 'system'];
const within = (day: string, from: string | null, to: string | null): boolean => from !== null && from <= day && (to === null || day <= to);

/** Rows by what they are asked for, made once per world. */
export class Facts {
  readonly agencies: ReadonlyMap<string, AgencyRow>;
  readonly cases: ReadonlyMap<string, CaseRow>;
  readonly running: ReadonlyMap<string, readonly string[]>;
  readonly ended: ReadonlyMap<string, readonly PartRow[]>;
  readonly seals: ReadonlyMap<string, SealRow>;
  readonly excluded: ReadonlySet<string>;
  readonly casesOf: ReadonlyMap<string, readonly string[]>;
  readonly timeline: ReadonlyMap<string, readonly TimelineRow[]>;

  constructor(readonly world: World, readonly today: string) {
    this.agencies = new Map(world.agencies.map((a) => [a.code, a]));
    this.cases = new Map(world.cases.map((c) => [c.case_id, c]));
    const parts = groupBy(world.parts, (p) => p.case_id);
    this.running = new Map([...parts].map(([id, rows]) => [id, rows.filter((p) => p.ended_at === null).map((p) => p.agency_code)]));
    this.ended = new Map([...parts].map(([id, rows]) => [id, rows.filter((p) => p.ended_at !== null)]));
    // The last day of a seal is a day on which it holds.
    this.seals = new Map(world.seals.filter((s) => s.lifted_at === null && s.expires_on >= today).map((s) => [s.case_id, s]));
    this.excluded = new Set(world.exclusions.filter((e) => e.readmitted_at === null).map((e) => `${e.case_id} ${e.agency_code} ${e.officer_id}`));
    const linked = world.cases.filter((c) => c.enterprise_uscc !== null);
    this.casesOf = new Map([...groupBy(linked, (c) => c.enterprise_uscc as string)].map(([uscc, rows]) => [uscc, rows.map((c) => c.case_id)]));
    this.timeline = groupBy(world.timeline, (t) => t.referral_id);
  }

  /** Whether an agency is above another on the superior edges. */
  above(upper: string, lower: string): boolean {
    for (let code = this.agencies.get(lower)?.superior_code ?? null; code !== null; code = this.agencies.get(code)?.superior_code ?? null) {
      if (code === upper) return true;
    }
    return false;
  }
}

/** What one reader may see of a world, by the rights policy. */
export class Rights {
  private readonly agency: AgencyRow | null;
  private readonly officerId: string;
  private readonly roles: readonly string[];
  private readonly columns: readonly ReturnType<typeof columnOf>[];

  constructor(readonly facts: Facts, readonly reader: ModelReader) {
    // Settled point 11: auditor and analyst alone read nothing else, that is: what the public reads.
    const reads = reader.kind === 'agency' && reader.roles.some((role) => readingRoles.includes(role));
    this.agency = reads ? facts.agencies.get(reader.agency) ?? null : null;
    this.officerId = reader.kind === 'agency' ? reader.officerId : '';
    this.roles = reads ? reader.roles : [];
    this.columns = this.agency ? [...new Set(this.agency.functions.map(columnOf))] : [];
  }

  /** Whether he reads as an agency, and not as the public does. */
  get authenticated(): boolean {
    return this.agency !== null;
  }

  sees(element: Element, subject: Subject): boolean {
    if (subject.of !== null && this.sealedFrom(subject.of)) return false;
    if (relationsOf(element, 'PUB').some((relation) => this.holds(relation, subject))) return true;
    if (!this.agency || (subject.of !== null && !subject.register && this.excludedFrom(subject.of))) return false;
    if (subject.owners.includes(this.agency.code)) return true; // settled point 11
    return this.columns.some((column) => relationsOf(element, column).some((relation) => this.holds(relation, subject)));
  }

  private holds(relation: Relation, subject: Subject): boolean {
    const { agency, facts } = this;
    if (relation === 'published') return subject.published;
    if (!agency) return false;
    const here = subject.place !== null && agency.regions.includes(subject.place);
    switch (relation) {
      case 'all': return true;
      case 'owner': return subject.owners.includes(agency.code);
      case 'superior': return subject.owners.some((owner) => facts.above(agency.code, owner));
      case 'party': return this.isAmong(subject.parts);
      case 'local': return agency.functions.includes('DRUG') && here && subject.settled;
      case 'linked': return subject.cases.some((id) => this.isAmong(facts.running.get(id) ?? []) && !this.sealedFrom(id) && !this.excludedFrom(id));
      case 'medical': return here && subject.medical;
      case 'medical after service': return here && subject.medical && subject.settled;
      case 'event in region': return here && subject.event;
      case 'ordinary decision of region': return here && subject.ordinary && subject.settled;
      case 'case of region': return here;
      case 'called file of region': return here && this.isAmong(subject.parts);
    }
  }

  /** "... and the superiors of a police or procuratorate party". */
  private isAmong(parts: readonly string[]): boolean {
    const { agency, facts } = this;
    if (!agency) return false;
    return parts.includes(agency.code) || parts.some((code) =>
      facts.agencies.get(code)?.functions.some((f) => f === 'POLICE' || f === 'PROCURATORATE') === true && facts.above(agency.code, code));
  }

  /** "Open to the owner's named officers and named parties, to nobody else, not to superiors". */
  sealedFrom(caseId: string): boolean {
    const seal = this.facts.seals.get(caseId);
    if (!seal) return false;
    if (!this.agency) return true;
    const owner = this.facts.cases.get(caseId)?.agency_code === this.agency.code;
    return !(owner && seal.officers.includes(this.officerId)) && !seal.parties.includes(this.agency.code);
  }

  excludedFrom(caseId: string): boolean {
    return this.agency !== null && this.facts.excluded.has(`${caseId} ${this.agency.code} ${this.officerId}`);
  }

  private subjectOfCase(c: CaseRow): Subject {
    const served = c.served_on !== null && c.served_on <= this.facts.today;
    return {
      ...blank, owners: [c.agency_code], place: c.region_code, parts: this.facts.running.get(c.case_id) ?? [], settled: served,
      medical: c.respondent_kind === 'MEDICAL_INSTITUTION', of: c.case_id,
    };
  }

  private ofCase(element: Element, id: string): boolean {
    const found = this.facts.cases.get(id);
    return found !== undefined && this.sees(element, this.subjectOfCase(found));
  }

  readonly case = (id: string): boolean => this.ofCase('case', id);
  readonly caseFile = (id: string): boolean => this.ofCase('case file', id);

  /** The case as it stood when the last part of the reader ended; null where it is open to him as it is, or no part ended. By id only. */
  standing(id: string): Standing | null {
    if (!this.agency || this.case(id) || this.sealedFrom(id) || this.excludedFrom(id)) return null;
    const last = (this.facts.ended.get(id) ?? []).filter((p) => this.isAmong([p.agency_code])).sort((a, b) => b.ended_at!.getTime() - a.ended_at!.getTime())[0];
    return last ? {
      endedAt: last.ended_at!, status: last.ended_case_status!, version: last.ended_case_version!, referralId: last.ended_referral_id, position: last.ended_position,
    } : null;
  }

  /** The same of an element of it: what the part opened while it ran. */
  stood(element: Element, id: string): Standing | null {
    const standing = this.standing(id);
    return standing && this.sees(element, { ...this.subjectOfCase(this.facts.cases.get(id)!), parts: [this.agency!.code] }) ? standing : null;
  }

  private subjectOfDecision(d: DecisionRow): Subject {
    const served = d.served_on !== null && d.served_on <= this.facts.today;
    return { ...this.subjectOfCase(this.facts.cases.get(d.case_id)!), place: d.region_code, settled: served, ordinary: d.procedure === 'ORDINARY' };
  }
  /** "As the case", `local` and `medical` from the service of this decision on; to the procuratorate of the place it opens by itself. */
  readonly decision = (d: DecisionRow): boolean => this.sees('decision', this.subjectOfDecision(d));
  readonly decisionGoods = (d: DecisionRow): boolean => this.caseFile(d.case_id) || this.sees('decision goods', this.subjectOfDecision(d));
  /** Null: not open; otherwise the day of service as this reader may know it. */
  decisionAsItStood(d: DecisionRow): { servedOn: string | null } | null {
    if (this.decision(d)) return { servedOn: d.served_on };
    const standing = this.stood('decision', d.case_id);
    if (!standing || d.created_at > standing.endedAt) return null;
    return { servedOn: d.service_recorded_at !== null && d.service_recorded_at <= standing.endedAt ? d.served_on : null };
  }

  readonly referral = (r: ReferralRow): boolean => this.ofCase('referral', r.case_id);
  /** The acts that the reader may see; null where the referral does not exist for him. */
  timelineOf(r: ReferralRow): readonly TimelineRow[] | null {
    const acts = this.facts.timeline.get(r.id) ?? [];
    if (this.referral(r)) return acts;
    const standing = this.stood('referral', r.case_id);
    if (!standing || r.created_at > standing.endedAt) return null;
    return acts.filter((t) => (r.id === standing.referralId ? t.position <= standing.position! : t.at <= standing.endedAt));
  }
  readonly refusal = (r: ReferralRow): boolean => this.ofCase('refusal', r.case_id);

  private subjectOfEnterprise(e: EnterpriseRow): Subject {
    return { ...blank, owners: [e.agency_code], place: e.region_code, cases: this.facts.casesOf.get(e.uscc) ?? [] };
  }
  readonly masterData = (): boolean => this.sees('master data', blank);
  readonly keyPersons = (e: EnterpriseRow): boolean => this.sees('key persons and scores', this.subjectOfEnterprise(e));

  readonly inspection = (i: InspectionRow): boolean =>
    this.sees(i.status === 'CONCLUDED' ? 'inspection concluded' : 'inspection under way', {
      ...blank, owners: [i.agency_code], place: i.region_code, parts: i.part_codes, settled: i.status === 'CONCLUDED', cases: i.case_ids,
      medical: i.medical_institution, published: i.status === 'CONCLUDED' && within(this.facts.today, i.published_on, i.publication_ends_on),
    });

  /** "In force, and open to agencies, until it ends"; before its publication it is open to the owner and above (table). */
  readonly inForce = (p: PunishmentRow): boolean =>
    within(this.facts.today, p.starts_on, p.ends_on) && within(this.facts.today, p.published_on, null) && p.lifted_at === null && p.revoked_at === null;
  readonly punishment = (p: PunishmentRow): boolean =>
    this.sees(this.inForce(p) ? 'punishment in force' : 'punishment otherwise', {
      ...blank, owners: [p.agency_code], cases: [p.case_id], of: p.case_id, register: this.inForce(p), published: !p.kept_back && within(this.facts.today, p.published_on, p.publication_ends_on),
    });

  /** On public display; "a seal closes the case's disclosure" (settled point 7), so to those whom it names too. */
  readonly disclosure = (d: DisclosureRow): boolean =>
    !this.facts.seals.has(d.case_id) && this.sees('disclosure', {
      ...blank, published: d.withdrawn_at === null && d.status !== 'WITHHELD' && d.stopped_at === null && !d.deferred && within(this.facts.today, d.published_on, d.disclosure_ends_on),
    });

  /**
   * A record that is not, or no longer, on display reads by the row "the same before publication, after repair or expiry". Whom that row opens it
   * to sees the decision itself as well (row "Penalty decision"), so that the narrower of the two rows is taken.
   */
  disclosureRecord(d: DisclosureRow): boolean {
    return this.disclosure(d) || this.sees('punishment otherwise', { ...blank, owners: [d.authority_code], cases: [d.case_id], of: d.case_id });
  }

  readonly publicationProcedure = (d: DisclosureRow): boolean => this.sees('publication procedure', { ...blank, owners: [d.authority_code], of: d.case_id });

  readonly report = (r: ReportRow): boolean =>
    this.sees('report', {
      ...blank, owners: [r.agency_code, ...r.co_owner_codes], place: r.region_code, cases: r.case_ids, event: r.kind === 'AEFI' || r.kind === 'GROUP_EVENT',
    });

  private readonly ofComplaint = (element: Element, c: ComplaintRow): boolean =>
    this.sees(element, { ...blank, owners: [c.agency_code], place: c.region_code, parts: c.part_codes, cases: c.case_ids });
  readonly complaint = (c: ComplaintRow): boolean => this.ofComplaint('complaint', c);
  readonly complaintContent = (c: ComplaintRow): boolean => this.ofComplaint('complaint content', c);

  /**
   * "Open to the chief of the superior procuratorate", which is "the one above the procuratorate competent for the place". The owner's own heads
   * read of a seal what they read of its case.
   */
  seal(s: SealRow): boolean {
    const { agency, facts } = this;
    const found = facts.cases.get(s.case_id);
    if (!agency || !found || !this.roles.includes('head')) return false;
    if (s.sealed_by_agency === agency.code) return this.case(s.case_id);
    return agency.functions.includes('PROCURATORATE') && facts.world.agencies.some((a) =>
      a.functions.includes('PROCURATORATE') && a.regions.includes(found.region_code) && a.superior_code === agency.code);
  }
}
