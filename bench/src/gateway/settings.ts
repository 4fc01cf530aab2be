import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { type World, worldFrom } from './world';

/** Every process makes the same world. */
export const worldSeed = 20_261_122;

export const worldHere = (): World => worldFrom(worldSeed);

/** Who reads, in the register of our gateway's process. */
export const readerAgency = { code: 'BEN-210100', functions: ['DRUG', 'MARKET'] as const };

/** @throws RangeError for a name that no service has */
export function serviceHere(name: string): ServiceName {
  const found = serviceNames.find((service) => service === name);
  if (!found) throw new RangeError(`${name} is no service`);
  return found;
}

export const serviceUrlKey = (name: ServiceName): string => `SERVICE_URL_${name.toUpperCase()}`;
