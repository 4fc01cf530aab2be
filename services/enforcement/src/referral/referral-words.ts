import type { VisibleReferral } from './referral.loader';

/**
 * What opens the words of an act: those of police, procuratorate and court once there is a criminal case are theirs, but for what is owed to the agency; goods are in the file.
 */
const openedBy: Readonly<Record<string, 'refusal' | 'proceedings' | 'notice' | 'file'>> = {
  REFUSE_REFERRAL: 'refusal', SEND_FOR_PROSECUTION: 'proceedings', RETURN_FOR_INVESTIGATION: 'proceedings', INDICT: 'proceedings', RECORD_JUDGMENT: 'proceedings',
  WITHDRAW_CRIMINAL_CASE: 'notice', DECIDE_NOT_TO_PROSECUTE: 'notice', RECORD_EFFECTIVE_JUDGMENT: 'notice', SEND_REVERSE_TRANSFER: 'notice',
  RECORD_GOODS: 'file', KEEP_GOODS: 'file', KEEP_GOODS_IN_PLACE: 'file', PRESERVE_GOODS: 'file', HAND_OVER_GOODS: 'file', GIVE_BACK_GOODS: 'file', RETURN_GOODS: 'file',
  DISPOSE_OF_GOODS: 'file',
};

/** Whether the words of an act are open to the reader of a referral. */
export const mayNote = (r: VisibleReferral, act: string): boolean => {
  const element = openedBy[act];
  return element === undefined || r.may[element] === true;
};

/** Position after which nothing of the record is shown. */
export const lastShown = (r: VisibleReferral): number => r.asOf?.position ?? Number.POSITIVE_INFINITY;
