import { writeFileSync } from 'node:fs';
import { manifestFile, manifestOf } from './repository-documents';

writeFileSync(manifestFile, manifestOf());
