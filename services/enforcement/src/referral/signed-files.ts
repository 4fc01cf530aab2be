import { Readable } from 'node:stream';
import type { Principal } from '@casebridge/kernel';
import type { MadeFile, ServiceDeps } from '@casebridge/platform';
import { publishedKeys } from './step-signatures';

/** Files that are made on request: the public keys, for everybody. */
export const signedFiles = (deps: ServiceDeps) => async (_principal: Principal, path: string): Promise<MadeFile | null> => {
  if (path !== 'signing-keys.json') return null;
  const text = `${JSON.stringify(await publishedKeys(deps), null, 2)}\n`;
  return { fileName: path, mediaType: 'application/jwk-set+json', records: [], stream: Readable.from([Buffer.from(text)]) };
};
