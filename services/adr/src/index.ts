export { ComplaintEntity } from './complaint/complaint.entity';
export { type Complaint, statusesOf } from './complaint/complaint.rule';
export { type ComplaintDraft, type ComposedComplaint, composeComplaint } from './complaint/compose-complaint.rule';
export { adrMigrations } from './migrations';
export { type ReportDraft, composeReport } from './report/compose-report.rule';
export { AdverseReactionReportEntity } from './report/report.entity';
export type { AdverseReactionReport, ReactionTerm } from './report/report.rule';
export { adrService } from './service';
export { buildAdrSubgraph } from './subgraph';
