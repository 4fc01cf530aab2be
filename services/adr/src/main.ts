import 'reflect-metadata';
import { runService } from '@casebridge/platform';
import { adrService } from './service';

runService(adrService, process.env);
