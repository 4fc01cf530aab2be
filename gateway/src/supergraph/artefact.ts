import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compactVerify, importJWK, type JWK } from 'jose';
import { request } from 'undici';
import { z } from 'zod';

/** The supergraphs that a gateway serves. */
export interface Supergraphs {
  readonly supergraphSdl: string;
  readonly publicSupergraphSdl?: string;
  /** When it was released, as an instant; newer ones replace older ones and never the other way round. Null: not told. */
  readonly releasedAt: string | null;
}

/** Where supergraphs come from. */
export type SupergraphSource = () => Promise<Supergraphs>;

/** The artefact is not what it should be; the message says what is wrong, without its text. */
export class ArtefactInvalid extends Error {
  constructor(why: string) {
    super(`The supergraph artefact is not taken: ${why}`);
    this.name = 'ArtefactInvalid';
  }
}

/** `supergraph.graphql` and `supergraph.public.graphql` of a folder. */
export const folderSource = (folder: string): SupergraphSource => async () => {
  const [supergraphSdl, publicSupergraphSdl] = await Promise.all(
    ['supergraph.graphql', 'supergraph.public.graphql'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  return { supergraphSdl: supergraphSdl!, publicSupergraphSdl: publicSupergraphSdl!, releasedAt: null };
};

const payload = z.strictObject({
  supergraph: z.string().min(1), publicSupergraph: z.string().min(1).optional(), releasedAt: z.iso.datetime({ offset: true }),
});
const deadlineMs = 10_000;
const maxCharacters = 32 * 1024 * 1024;

/**
 * A signed artefact: a compact JWS (RFC 7515, EdDSA) whose payload is JSON `{ supergraph, publicSupergraph?, releasedAt }`.
 *
 * @param key - public JWK of whoever releases supergraphs
 */
export const urlSource = (url: string, key: JWK): SupergraphSource => async () => {
  const { body, statusCode } = await request(url, { signal: AbortSignal.timeout(deadlineMs) });
  const text = (await body.text()).trim();
  if (statusCode !== 200) throw new ArtefactInvalid(`status ${statusCode}`);
  return readArtefact(text, key);
};

/** @throws ArtefactInvalid */
export async function readArtefact(text: string, key: JWK): Promise<Supergraphs> {
  if (text.length > maxCharacters) throw new ArtefactInvalid(`it has more than ${maxCharacters} characters`);
  let signed: Uint8Array;
  try {
    ({ payload: signed } = await compactVerify(text, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'] }));
  } catch {
    throw new ArtefactInvalid('the signature is not that of the configured key');
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(signed));
  } catch {
    throw new ArtefactInvalid('the payload is not JSON');
  }
  const read = payload.safeParse(value);
  if (!read.success) throw new ArtefactInvalid(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  const { publicSupergraph, releasedAt, supergraph } = read.data;
  return { supergraphSdl: supergraph, releasedAt, ...(publicSupergraph === undefined ? {} : { publicSupergraphSdl: publicSupergraph }) };
}
