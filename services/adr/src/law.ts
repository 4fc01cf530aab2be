import type { LawBook } from '@casebridge/kernel';
import { complaintClocks } from './complaint/complaint.clocks';
import { reportClocks } from './report/report.clocks';

/** What this service holds of the law. */
export const adrLaw: LawBook = { clocks: [reportClocks, complaintClocks], machines: {}, rules: [] };
