import 'reflect-metadata';
import { runService } from '@casebridge/platform';
import { enforcementService } from './service';

runService(enforcementService, process.env);
