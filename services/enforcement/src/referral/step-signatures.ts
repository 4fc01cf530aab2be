import { randomBytes } from 'node:crypto';
import { type Job, type JSONWebKeySet, type JWK, hydrate, list, query, type ServiceDeps, type Signer, sql } from '@casebridge/platform';
import type { EntityManager } from 'typeorm';
import { ReferralTimelineEntity, type StandingFields } from './referral.entity';
import { changesOf, type StepDocument, type StepFacts, stepHash, stepText, stepType, type StepWords } from './step-signature.rule';

/** A step with all that a signature of it covers. */
export interface StepRow {
  readonly entry: ReferralTimelineEntity;
  readonly referralNo: string;
  readonly caseId: string;
  readonly documents: readonly StepDocument[];
  readonly before: StandingFields | null;
}

interface SourceRow extends Record<string, unknown> {
  readonly referral_no: string;
  readonly case_id: string;
  readonly documents: readonly StepDocument[];
  readonly before: StandingFields | null;
}

/** The steps of a referral, in order, from a position on. */
export async function stepRows(em: EntityManager, referralId: string, from = 1): Promise<StepRow[]> {
  const rows = await query<SourceRow>(em, sql`
    select t.*, r.referral_no, r.case_id, p.standing as before, coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'title', d.title, 'fileId', d.file_id, 'sha256', f.sha256, 'size', f.size,
                                          'mediaType', f.media_type, 'addedBy', d.added_by_code) order by d.id)
      from referral_document d join file f on f.id = d.file_id where d.referral_id = t.referral_id and d.added_position = t.position), '[]') as documents
    from referral_timeline t join referral r on r.id = t.referral_id
    left join referral_timeline p on p.referral_id = t.referral_id and p.position = t.position - 1
    where t.referral_id = ${referralId} and t.position >= ${from} order by t.position`);
  return rows.map(({ referral_no: referralNo, case_id: caseId, documents, before, ...row }) =>
    ({ entry: hydrate(em, ReferralTimelineEntity, row), referralNo, caseId, documents, before }));
}

export const wordsOf = ({ before, entry }: StepRow): StepWords => ({ officer: entry.officerId, detail: entry.detail, changes: changesOf(before, entry.standing) });

const factsOf = ({ caseId, entry: e, referralNo }: StepRow): StepFacts => ({
  referralId: e.referralId, referralNo, caseId, position: e.position, act: e.act, status: e.status, holder: e.holderCode, actor: e.actorCode, at: e.at.toISOString(),
  basis: { instrument: e.basisInstrument, article: e.basisArticle, mark: e.basisMark }, dueAt: e.dueAt?.toISOString() ?? null, deadline: e.deadline, met: e.met, tracks: e.tracks,
});

const salt = (): string => randomBytes(16).toString('base64url');

/** Signs the steps of a referral that are not signed yet, in order. The caller holds the lock of the referral. */
export async function signSteps(em: EntityManager, signer: Signer, referralId: string, at: Date): Promise<void> {
  const [last] = await query<{ position: number; hash: string }>(em, sql`
    select position, hash from referral_step_signature where referral_id = ${referralId} order by position desc limit 1`);
  let previous = last?.hash ?? null;
  const signed = [];
  for (const row of await stepRows(em, referralId, (last?.position ?? 0) + 1)) {
    const salts = { wordsSalt: salt(), documentsSalt: salt() };
    const text = stepText({ facts: factsOf(row), words: wordsOf(row), documents: row.documents, ...salts, previous, signedAt: at.toISOString() });
    previous = stepHash(text);
    signed.push(sql`(${referralId}::uuid, ${row.entry.position}::int, ${signer.kid}, ${await signer.sign(stepType, text)}, ${previous}, ${salts.wordsSalt}, ${salts.documentsSalt}, ${at}::timestamptz)`);
  }
  if (signed.length === 0) return;
  await query(em, sql`
    with known as (
      insert into signing_key (kid, public_jwk, first_used_at) values (${signer.kid}, ${JSON.stringify(signer.publicJwk)}::jsonb, ${at}) on conflict do nothing
    )
    insert into referral_step_signature (referral_id, position, kid, jws, hash, words_salt, documents_salt, signed_at) values ${list(signed)}`);
}

/** The public keys that ever signed, the newest first; after a change of the key the former ones go on telling what they signed. */
export async function publishedKeys({ dataSource, signer }: Pick<ServiceDeps, 'dataSource' | 'signer'>): Promise<JSONWebKeySet> {
  const used = await query<{ public_jwk: JWK }>(dataSource.manager, sql`
    select public_jwk from signing_key where kid <> ${signer.kid} order by first_used_at desc, kid`);
  return { keys: [signer.publicJwk, ...used.map((key) => key.public_jwk)] };
}

const AT_ONCE = 100;

/** Steps that were recorded before there was a key, those of the demo data for one. */
export const signEarlierSteps: Job = {
  name: 'referral-signatures', everyMs: 10_000,
  run: async ({ clock, em }, { signer }) => {
    const unsigned = await query<{ id: string }>(em, sql`
      select r.id from referral r where not exists (
        select 1 from referral_step_signature s where s.referral_id = r.id and s.position = r.version)
      order by r.id limit ${AT_ONCE} for update skip locked`);
    for (const { id } of unsigned) await signSteps(em, signer, id, clock.now());
  },
};
