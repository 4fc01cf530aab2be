import { type AgencyFunction, BadUserInput, civilDate } from '@casebridge/kernel';
import { type ActOn, assertVersion, at, instantOf, query, sql, textInput, type Visible } from '@casebridge/platform';
import { resumeFromCriminal, waitForCriminal } from '../admin-case/case-access';
import { assertMayAct, defineReferralAct, getReferralForUpdate, type Locked, saveReferral, tell, type Told } from './referral-act';
import type { ReferralEntity, StoredTrack } from './referral.entity';
import type { ReferralActName } from './referral.machine';
import { referralAfter, stateOf, tracksAfter } from './referral-record';
import { assertNotOrdered, decideTrack, type ReferralTrack, type Situation, type Tracks } from './referral-track';
import { trackMachine } from './referral-track.machine';
import { decideReferral, waitsForCriminal } from './referral.rule';

type Versioned<T> = T & { readonly expectedVersion?: number | null };
type Command<T> = { readonly id: string; readonly input: Versioned<T> };

/** What an act does besides changing the state. */
export interface Effect extends Pick<Told, 'detail' | 'departed' | 'caseChanged' | 'tracks'> {
  /** Changes of fields of the referral. */
  readonly fields?: Partial<ReferralEntity>;
  /** Whether it came in time, where the clock of the main track does not tell that. */
  readonly met?: boolean | null;
}

export interface Doing extends Locked {
  readonly acting: ActOn;
  /** Position of the act in the timeline. */
  readonly position: number;
}

/** An act on a referral that exists, the same steps for all: lock, who may, version, state, effect, save, tell. */
export const referralAct = <Input extends object>(act: ReferralActName, effect: (doing: Doing, input: Input) => Promise<Effect> | Effect) =>
  defineReferralAct<Command<Input>>(act, async (request, { id, input }): Promise<Visible<ReferralEntity>> => {
    const locked = await getReferralForUpdate(request, id);
    const { referral, adminCase } = locked;
    assertMayAct(request, act, referral);
    assertVersion(referral.version, input.expectedVersion);
    const acting = at(request, instantOf(request, referral));
    const decide = (reviewExtension = referral.reviewExtension) =>
      decideReferral({ ...stateOf(referral), reviewExtension }, act, acting.tx.clock.now(), acting.tx.calendar);
    const lawful = decide(); // the state is asked before the input
    const { fields, met, ...told } = await effect({ ...locked, acting, position: referral.version + 1 }, input);
    const rule = fields?.reviewExtension ? decide(fields.reviewExtension) : lawful;
    const decided = met === undefined ? rule : { ...rule, met };
    const after = referralAfter(referral, { act, decided, at: acting.tx.clock.now(), ...(fields ? { fields } : {}) });
    await saveReferral(acting, after, 'update');
    await tell(acting, after, adminCase, { act, decided, ...told });
    return after;
  });

/** What the rules of a track are asked with. */
export const situation = ({ acting: { tx }, position, referral }: Doing): Situation => ({ now: tx.clock.now(), calendar: tx.calendar, parties: referral, position });

/** The tracks beside the main one, as the acts before this one left them. */
export async function openTracks({ acting, referral }: Doing): Promise<Tracks> {
  return tracksAfter(await query<{ tracks: StoredTrack[] }>(acting.tx.em, sql`
    select tracks from referral_timeline where referral_id = ${referral.id} and tracks <> '[]' order by position`));
}

/** The referral leaves these police, or they refuse after all: what of supervision was about that is no more. An order of the procuratorate stands in the way. */
export async function overtakeSupervision(doing: Doing, ends: (track: ReferralTrack) => boolean): Promise<readonly ReferralTrack[]> {
  const tracks = await openTracks(doing);
  assertNotOrdered(tracks);
  const { SUPERVISION: track } = tracks;
  return track && ends(track) && trackMachine.can(track.state, 'overtake') ? [decideTrack(track, 'overtake', situation(doing)).track] : [];
}

const LONGEST_TEXT = 20_000;
export const words = (field: string, text: string): string => textInput(text, field, LONGEST_TEXT);

export function agencyWith(acting: ActOn, field: string, code: string, wanted: AgencyFunction): string {
  const agency = acting.ctx.deps.directory.agency(code);
  if (!agency || agency.status !== 'ACTIVE' || !agency.functions.includes(wanted)) {
    throw new BadUserInput(field, `is not the code of a registered agency with the function ${wanted}`);
  }
  return agency.code;
}

/** The police agency of a referral that was transferred; the database holds that it has one. */
export function policeOf(referral: ReferralEntity): string {
  if (referral.policeAgencyCode === null) throw new Error(`Referral ${referral.id} is ${referral.status} and has no police agency`);
  return referral.policeAgencyCode;
}

/** A day on which something was decided: not in the future, and not before a day that it follows. */
export function dayDecided({ acting }: Doing, field: string, day: string, after: string | null, what: string): string {
  if (day > civilDate(acting.tx.clock.now())) throw new BadUserInput(field, 'must not be in the future');
  if (after !== null && day < after) throw new BadUserInput(field, `must not be before ${what}`);
  return day;
}

/** The administrative case waits for the criminal proceedings, if nothing was decided in it. */
export function holdCase({ acting, adminCase }: Pick<Doing, 'acting' | 'adminCase'>): boolean {
  if (!waitsForCriminal(adminCase.status)) return false;
  waitForCriminal(adminCase, acting.tx.clock.now());
  return true;
}

/** The administrative case goes on where it stood before it waited for the criminal proceedings. */
export const resumeCase = ({ acting, adminCase }: Doing): boolean => resumeFromCriminal(adminCase, acting.tx.clock.now());
