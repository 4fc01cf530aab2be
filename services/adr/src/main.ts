import 'reflect-metadata';
import { runService } from '@casebridge/platform';
import { adrService } from './service';

void runService(adrService, process.env);
