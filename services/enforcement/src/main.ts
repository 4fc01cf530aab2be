import 'reflect-metadata';
import { runService } from '@casebridge/platform';
import { enforcementService } from './service';

void runService(enforcementService, process.env);
