import 'reflect-metadata';
import { runService } from '@casebridge/platform';
import { creditService } from './service';

void runService(creditService, process.env);
