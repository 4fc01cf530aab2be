export { LegalBasis as BasisType } from '@casebridge/platform';
