import { CreateCaseStep1800000001000 } from '../migrations/1800000001000-create-case-step';
import { AfterDecisionResolver, DecisionExecutionResolver } from './after-decision.resolver';
import { CaseStepActsResolver } from './case-step-acts.resolver';
import { CaseStepEntity } from './case-step.entity';
import { CaseProgressResolver, CaseStepResolver } from './case-step.resolver';

export const caseStepEntities = [CaseStepEntity] as const;
export const caseStepMigrations = [CreateCaseStep1800000001000] as const;
export const caseStepAppendOnly = ['case_step'] as const;
export const caseStepResolvers = [CaseProgressResolver, CaseStepResolver, CaseStepActsResolver, AfterDecisionResolver, DecisionExecutionResolver] as const;
export { CaseStepEntity } from './case-step.entity';
export { caseStateOf, caseStepRow, caseSteppedEvent } from './case-step-record';
export { type CaseStepActName, decideCaseStep } from './case-step.rule';
export { owedFen } from './execution.rule';
export type { StepWords } from './case-standing.rule';
