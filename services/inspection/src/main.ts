import 'reflect-metadata';
import { runService } from '@casebridge/platform';
import { inspectionService } from './service';

void runService(inspectionService, process.env);
