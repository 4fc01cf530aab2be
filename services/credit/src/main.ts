import 'reflect-metadata';
import { runService } from '@casebridge/platform';
import { creditService } from './service';

runService(creditService, process.env);
