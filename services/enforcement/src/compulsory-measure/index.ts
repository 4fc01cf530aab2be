import { CreateCompulsoryMeasure1800000001010 } from '../migrations/1800000001010-create-compulsory-measure';
import { CompulsoryMeasureActsResolver } from './measure-acts.resolver';
import { CompulsoryMeasureActEntity } from './measure.entity';
import { CaseMeasuresResolver, CompulsoryMeasureEntryResolver, CompulsoryMeasureResolver } from './measure.resolver';

export const measureEntities = [CompulsoryMeasureActEntity] as const;
export const measureMigrations = [CreateCompulsoryMeasure1800000001010] as const;
export const measureAppendOnly = ['compulsory_measure_act'] as const;
export const measureResolvers = [CaseMeasuresResolver, CompulsoryMeasureResolver, CompulsoryMeasureEntryResolver, CompulsoryMeasureActsResolver] as const;
export { CompulsoryMeasureActEntity } from './measure.entity';
export type { MeasureActName } from './measure.machine';
export { compulsoryMeasureActedEvent, convertedMeasureAct, firstMeasureAct, laterMeasureAct } from './measure-record';
export { type MeasureWords, newStanding, statusAt, takesMeasures } from './measure.rule';
