import { adrService } from '@casebridge/adr';
import { creditService } from '@casebridge/credit';
import { enforcementService } from '@casebridge/enforcement';
import { inspectionService } from '@casebridge/inspection';
import type { ServiceDefinition } from '@casebridge/platform';

/** The one place that knows all four. */
export const services: readonly ServiceDefinition[] = [inspectionService, enforcementService, creditService, adrService];
