export { type ActOn, assertVersion, at, defineAct, type Found, instantOf } from '@casebridge/platform';
