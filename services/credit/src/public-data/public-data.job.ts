import { publicReader } from '@casebridge/kernel';
import { type Job, type JobSite, readerOf } from '@casebridge/platform';
import { noteEdition } from './public-record.source';

/** Notes every hour what is public, so that whoever has a copy is told what changed and what is to be removed. */
export const publicDataJob = ({ deps: { directory } }: Pick<JobSite, 'deps'>): Job => ({
  name: 'public-data', everyMs: 3_600_000, run: (tx) => noteEdition(tx.em, readerOf(publicReader, directory, tx.clock.now())),
});
