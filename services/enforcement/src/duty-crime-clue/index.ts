import { CreateDutyCrimeClue1800000001220 } from '../migrations/1800000001220-create-duty-crime-clue';
import { DutyCrimeClueActEntity, DutyCrimeClueEntity } from './duty-crime-clue.entity';
import { DutyCrimeClueActsResolver, DutyCrimeClueEntryResolver, DutyCrimeClueResolver } from './duty-crime-clue.resolver';

export const dutyCrimeEntities = [DutyCrimeClueEntity, DutyCrimeClueActEntity] as const;
export const dutyCrimeMigrations = [CreateDutyCrimeClue1800000001220] as const;
export const dutyCrimeAppendOnly = ['duty_crime_clue_act'] as const;
export const dutyCrimeResolvers = [DutyCrimeClueResolver, DutyCrimeClueEntryResolver, DutyCrimeClueActsResolver] as const;
export { DutyCrimeClueActEntity, DutyCrimeClueEntity } from './duty-crime-clue.entity';
export { dutyCrimeClueActRow, dutyCrimeClueAfter, newDutyCrimeClue } from './duty-crime-clue-record';
