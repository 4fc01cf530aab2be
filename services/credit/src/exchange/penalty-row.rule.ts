import type { ExchangeRule, PartyKind, PenaltyKind } from '@casebridge/contracts';
import {
  type AgencyFunction, BadUserInput, cleanLine, cleanText, isCitizenId, isUscc, normaliseCode, normaliseDocumentNo, organisationCheckDigit, tenThousandYuanToFen,
} from '@casebridge/kernel';
import { exchangeFields, type ExchangeRecord } from './exchange-layout.rule';
import { readDay, readPartyKind, readPenaltyKinds } from './exchange-value.rule';

export interface RowFault {
  /** Code of the item. */
  readonly field: string;
  readonly rule: ExchangeRule;
  /** False: it is told, and the row taken. */
  readonly refuses: boolean;
}

/** An agency that may have decided: the one that sends the file, or one below it. */
export interface Authority {
  readonly code: string;
  readonly functions: readonly AgencyFunction[];
  readonly regionCode: string;
}

/** A row in which every rule that refuses is kept. */
export interface PenaltyRow {
  readonly record: ExchangeRecord;
  readonly authority: Authority;
  readonly documentNoKey: string;
  readonly partyKind: PartyKind;
  readonly partyUscc: string | null;
  readonly kinds: readonly PenaltyKind[];
  readonly fineFen: number | null;
  readonly confiscatedFen: number | null;
  readonly decidedOn: string;
  /** Last day of a restriction or ban. */
  readonly endsOn: string | null;
}

export interface CheckedRow {
  readonly faults: readonly RowFault[];
  /** Null where a fault refuses. */
  readonly row: PenaltyRow | null;
}

/** Characters of one value that the hub takes, whatever the item. */
const mostCharacters = 20_000;
const single = new Set(exchangeFields.filter((f) => f.kind !== 'TEXT' || (f.length !== null && f.length <= 200)).map((f) => f.code));
const confiscation: readonly PenaltyKind[] = ['CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS'];
const ofLicence: readonly PenaltyKind[] = ['LICENCE_SUSPENSION', 'LICENCE_REVOCATION'];
const usccFields = ['CF_XDR_SHXYM', 'CF_CFJGDM', 'CF_SJLYDM'];
const entityCodes = ['CF_XDR_SHXYM', 'CF_XDR_ZZJG', 'CF_XDR_SYDW', 'CF_XDR_SHZZ'];

/** A row under examination: what was found, and the readings of its items. */
class Examination {
  readonly faults: RowFault[] = [];
  constructor(readonly record: Record<string, string>) {}

  refuse(field: string, rule: ExchangeRule): void {
    this.faults.push({ field, rule, refuses: true });
  }

  note(field: string, rule: ExchangeRule): void {
    this.faults.push({ field, rule, refuses: false });
  }

  get(field: string): string {
    return this.record[field] ?? '';
  }

  day(field: string): string | null {
    const text = this.get(field);
    const day = text === '' ? null : readDay(text);
    if (text !== '' && day === null) this.refuse(field, 'DATE');
    if (day !== null) this.record[field] = day;
    return day;
  }

  amount(field: string): number | null {
    const text = this.get(field).normalize('NFKC').replace(/,/g, '');
    if (text === '') return null;
    try {
      return tenThousandYuanToFen(text, field);
    } catch (cause) {
      if (!(cause instanceof BadUserInput)) throw cause;
      this.refuse(field, 'AMOUNT');
      return null;
    }
  }
}

/**
 * Looks at one row of the record (双公示): everything that is wrong with it, not the first fault only.
 *
 * Lengths and the licence's name are from sources that could not be verified: they are told and refuse nothing. Identity numbers are
 * checked and not kept.
 *
 * @param today - civil day of the reading
 * @param authorities - by name and by code: who may have decided
 * @see 发改办财金〔2018〕424号; APL art. 18(3) for detention; GB 32100, GB 11714, GB 11643
 */
export function checkPenaltyRow(told: ExchangeRecord, today: string, authorities: ReadonlyMap<string, Authority>): CheckedRow {
  const row = new Examination(Object.fromEntries(Object.entries(told).map(([code, text]) => [code, single.has(code) ? cleanLine(text) : cleanText(text)])));
  checkTexts(row);
  checkIdentity(row);
  const authority = checkAuthority(row, authorities);
  const partyKind = checkParty(row);
  const decidedOn = checkDays(row, today);
  const kinds = checkKinds(row, authority);
  const fineFen = row.amount('CF_NR_FK');
  const confiscatedFen = row.amount('CF_NR_WFFF');
  checkAmounts(row, kinds, fineFen, confiscatedFen);
  if (row.faults.some((f) => f.refuses) || authority === null || partyKind === null || decidedOn === null) return { faults: row.faults, row: null };
  const record = Object.fromEntries(exchangeFields.flatMap((f) => ('identity' in f || row.get(f.code) === '' ? [] : [[f.code, row.get(f.code)] as const])));
  return {
    faults: row.faults,
    row: {
      record, authority, documentNoKey: normaliseDocumentNo(row.get('CF_WSH')), partyKind, partyUscc: partyKind === 'PERSON' ? null : row.get('CF_XDR_SHXYM') || null,
      kinds, fineFen, confiscatedFen, decidedOn, endsOn: row.get('CF_YXQ') || null,
    },
  };
}

function checkTexts(row: Examination): void {
  for (const { code, length, required } of exchangeFields) {
    const { length: characters } = row.get(code);
    if (required && characters === 0) row.refuse(code, 'REQUIRED');
    if (characters > mostCharacters) row.refuse(code, 'SIZE');
    else if (length !== null && characters > length) row.note(code, 'LENGTH');
  }
}

function checkIdentity(row: Examination): void {
  for (const code of usccFields) {
    if (row.get(code) === '') continue;
    row.record[code] = normaliseCode(row.get(code));
    if (!isUscc(row.get(code))) row.refuse(code, 'CHECK_DIGIT');
  }
  if (row.get('CF_XDR_ZZJG') !== '') {
    const code = normaliseCode(row.get('CF_XDR_ZZJG')).replace('-', '');
    row.record['CF_XDR_ZZJG'] = code;
    if (!/^[0-9A-Z]{8}[0-9X]$/.test(code) || organisationCheckDigit(code.slice(0, 8)) !== code[8]) row.refuse('CF_XDR_ZZJG', 'CHECK_DIGIT');
  }
  for (const [kind, number] of [['CF_FR_ZJLX', 'CF_FR_ZJHM'], ['CF_XDR_ZJLX', 'CF_XDR_ZJHM']] as const) {
    const text = normaliseCode(row.get(number));
    const citizen = row.get(kind) === '' ? text.length === 18 : /身份证/u.test(row.get(kind));
    if (text !== '' && citizen && !text.includes('*') && !isCitizenId(text)) row.refuse(number, 'CHECK_DIGIT');
  }
}

function checkAuthority(row: Examination, authorities: ReadonlyMap<string, Authority>): Authority | null {
  const name = row.get('CF_CFJG');
  const found = authorities.get(name) ?? authorities.get(normaliseCode(name)) ?? null;
  if (name !== '' && found === null) row.refuse('CF_CFJG', 'AUTHORITY');
  return found;
}

/** Where no column says what the party is, its codes do: only an organisation has them. */
function checkParty(row: Examination): PartyKind | null {
  const hasCode = entityCodes.some((code) => row.get(code) !== '');
  const told = row.get('CF_XDR_LB');
  const kind = told === '' ? (hasCode || row.get('CF_XDR_GSZC') !== '' || row.get('CF_XDR_SWDJ') !== '' ? 'ENTITY' : 'PERSON') : readPartyKind(told);
  if (kind === null) row.refuse('CF_XDR_LB', 'PARTY_KIND');
  if (kind === 'PERSON') for (const code of entityCodes) if (row.get(code) !== '') row.refuse(code, 'CODE_OF_PERSON');
  return kind;
}

function checkDays(row: Examination, today: string): string | null {
  const decidedOn = row.day('CF_JDRQ');
  if (decidedOn !== null && decidedOn > today) row.refuse('CF_JDRQ', 'FUTURE');
  for (const code of ['CF_YXQ', 'CF_GSJZQ']) {
    const day = row.day(code);
    if (day !== null && decidedOn !== null && day < decidedOn) row.refuse(code, 'DATE_ORDER');
  }
  return decidedOn;
}

function checkKinds(row: Examination, authority: Authority | null): readonly PenaltyKind[] {
  const { kinds, unknown } = readPenaltyKinds(row.get('CF_CFLB'));
  if (unknown.length > 0 || (row.get('CF_CFLB') !== '' && kinds.length === 0)) row.refuse('CF_CFLB', 'PENALTY_KIND');
  if (kinds.includes('DETENTION') && authority !== null && !authority.functions.includes('POLICE')) row.refuse('CF_CFLB', 'NOT_ITS_PENALTY');
  if (kinds.some((kind) => ofLicence.includes(kind)) && row.get('CF_NR_ZKDX') === '') row.note('CF_NR_ZKDX', 'LICENCE');
  return kinds;
}

function checkAmounts(row: Examination, kinds: readonly PenaltyKind[], fineFen: number | null, confiscatedFen: number | null): void {
  if (kinds.includes('FINE') && row.get('CF_NR_FK') === '') row.note('CF_NR_FK', 'AMOUNT_MISSING');
  if (!kinds.includes('FINE') && (fineFen ?? 0) > 0) row.refuse('CF_NR_FK', 'AMOUNT_OF_NOTHING');
  if (!kinds.some((kind) => confiscation.includes(kind)) && (confiscatedFen ?? 0) > 0) row.refuse('CF_NR_WFFF', 'AMOUNT_OF_NOTHING');
}
