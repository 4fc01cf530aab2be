import { CreateClue1800000000700 } from '../migrations/1800000000700-create-clue';
import { ClueActsResolver } from './clue-acts.resolver';
import { ClueActEntity, ClueEntity } from './clue.entity';
import { CaseClueResolver, ClueHistoryResolver, ClueResolver } from './clue.resolver';

export const clueEntities = [ClueEntity, ClueActEntity] as const;
export const clueMigrations = [CreateClue1800000000700] as const;
export const clueAppendOnly = ['clue_act'] as const;
export const clueResolvers = [ClueResolver, ClueHistoryResolver, CaseClueResolver, ClueActsResolver] as const;
export { clueLoader } from './clue.loader';
export { ClueType } from './clue.type';
export { ClueActEntity, ClueEntity } from './clue.entity';
export { clueActedEvent, clueActRow, clueAfter, clueStateOf, newClueRow, type NewClue, transferredClue } from './clue-record';
export type { ClueActName } from './clue.machine';
export { decideClue } from './clue.rule';
