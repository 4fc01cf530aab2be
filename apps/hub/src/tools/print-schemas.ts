import 'reflect-metadata';
import { writeSchemas } from './schemas';

writeSchemas();
