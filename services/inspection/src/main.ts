import 'reflect-metadata';
import { runService } from '@casebridge/platform';
import { inspectionService } from './service';

runService(inspectionService, process.env);
