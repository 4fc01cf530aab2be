/**
 * What one officer, MRA-210100-2, may read, written out as conditions: the rows of the columns DRUG, MARKET and PUBLIC of the rights
 * table, his agency's code, the one below it and its regions filled in. That this is right is checked before anything is measured: the
 * answers must equal those of the hub.
 */
const self = `'MRA-210100'`;
const below = `'{MRA-210102}'::text[]`;
const ourselves = `'{MRA-210100}'::text[]`;
const officer = `'{MRA-210100-2}'::text[]`;
const officerOfAgency = `'{MRA-210100/MRA-210100-2}'::text[]`;
const regions = `'{210100,210102,210103,210104,210190}'::text[]`;

/** Day of the reading, in China. */
export const today = `(now() at time zone 'Asia/Shanghai')::date`;

/** An instant as the graph writes it. */
export const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const owned = (agency: string): string => `(${agency} = ${self} or ${agency} = any(${below}))`;

const sealed = (c: string): string => `(${c}.sealed_until is not null and ${c}.sealed_until >= ${today}
  and not (${c}.agency_code = ${self} and ${c}.seal_officers @> ${officer} or ${c}.seal_parties @> ${ourselves}))`;
const hidden = (c: string): string => `(${sealed(c)} or ${c}.excluded @> ${officerOfAgency})`;

/** `case.head`, and `case.decision`, which is as open to this reader. */
export const caseOpen = (c: string): string => `((${owned(`${c}.agency_code`)} or ${c}.parts && ${ourselves}
  or ${c}.region_code = any(${regions}) and ${c}.served_on is not null) and not ${hidden(c)})`;

/** `referral`, of a case that is open: not where only the place opens the case. */
export const referralOpen = (c: string): string => `(${owned(`${c}.agency_code`)} or ${c}.parts && ${ourselves})`;

/** `inspection.concluded` and `inspection.open`. */
export const inspectionOpen = (i: string): string => `(${owned(`${i}.agency_code`)} or ${i}.part_codes && ${ourselves}
  or ${i}.status = 'CONCLUDED' and (${i}.region_code = any(${regions})
    or ${i}.published_on <= ${today} and (${i}.publication_ends_on is null or ${i}.publication_ends_on >= ${today})))`;

const behindCase = (caseId: string, closed: (c: string) => string): string =>
  `exists (select 1 from case_access ca where ca.case_id = ${caseId} and not ${closed('ca')})`;

/** `punishment.inForce` is open to every agency, `punishment.other` to owner and superior. */
export const punishmentOpen = (p: string): string => `(
  ${p}.published_on <= ${today} and ${p}.starts_on <= ${today} and (${p}.for_life or ${p}.ends_on >= ${today})
    and ${p}.lifted_at is null and ${p}.revoked_at is null and ${behindCase(`${p}.case_id`, sealed)}
  or ${owned(`${p}.agency_code`)} and ${behindCase(`${p}.case_id`, hidden)})`;

/** `complaint.head`. */
export const complaintOpen = (c: string): string => `(${owned(`${c}.agency_code`)} or ${c}.part_codes && ${ourselves})`;

/** `report`. */
export const reportOpen = (r: string): string => `(${owned(`${r}.agency_code`)} or ${r}.co_owner_codes @> ${ourselves} or ${r}.co_owner_codes && ${below}
  or ${r}.region_code = any(${regions}))`;

/** What everybody may read of the public register: no seal has an exception here. */
export const penaltyPublished = (d: string): string => `(${d}.published_on <= ${today} and ${d}.withdrawn_at is null
  and (${d}.disclosure_ends_on is null or ${d}.disclosure_ends_on >= ${today})
  and exists (select 1 from case_access ca where ca.case_id = ${d}.case_id and not (ca.sealed_until is not null and ca.sealed_until >= ${today})))`;
