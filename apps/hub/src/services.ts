import { adrService } from '@casebridge/adr';
import { creditService } from '@casebridge/credit';
import { enforcementService } from '@casebridge/enforcement';
import { inspectionService } from '@casebridge/inspection';
import type { ServiceDefinition } from '@casebridge/platform';

/** A schema is built once per process, whoever asks first. */
const builtOnce = (definition: ServiceDefinition): ServiceDefinition => {
  let built: ReturnType<ServiceDefinition['subgraph']> | undefined;
  return { ...definition, subgraph: () => (built ??= definition.subgraph()) };
};

/** The one place that knows all four. */
export const services: readonly ServiceDefinition[] = [inspectionService, enforcementService, creditService, adrService].map(builtOnce);
