import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Operations that real clients send; they run unchanged, for ever. */
export const operation = (name: string): string => readFileSync(resolve(__dirname, '../operations', `${name}.graphql`), 'utf8');

export const sharedCase = operation('shared-case');
export const caseList = operation('case-list');
export const publicPenalties = operation('public-penalties');
export const referralActs = operation('referral-acts');
export const referralUpdates = operation('referral-updates');
export const inputs = operation('inputs');
