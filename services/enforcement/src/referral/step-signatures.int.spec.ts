import { text } from 'node:stream/consumers';
import { FixedClock, publicReader } from '@casebridge/kernel';
import { createSigner, loadOrCreateSigningKey, openDatabase, query, sql, verifySigned } from '@casebridge/platform';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { regulator, ReferralWorld } from '../testing/referral-world';
import { signedSteps } from '../testing/signed-steps';
import { testNow } from '../testing/world';
import { saltedDigest, stepType } from './step-signature.rule';
import { publishedKeys, signEarlierSteps, stepRows, wordsOf } from './step-signatures';

let world: ReferralWorld;
let folder: string;
beforeAll(async () => {
  world = await ReferralWorld.start(new FixedClock(testNow));
  folder = await mkdtemp(join(tmpdir(), 'step-signatures-'));
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

const deps = () => world.harness.service.deps;
const stored = (id: string) => query<{ position: number; kid: string; jws: string; words_salt: string; documents_salt: string }>(world.db.manager, sql`
  select * from referral_step_signature where referral_id = ${id} order by position`);

it('signs who did what, when, under which clock, met or missed, each step naming the one before', async () => {
  const { id, caseId } = await world.referralIn('FILED');
  const [steps, timeline, { referralNo }] = [await signedSteps(world, id), await world.timeline(id), await world.referral(id)];
  expect(steps).toHaveLength(5);
  for (const [i, entry] of timeline.entries()) {
    expect(steps[i]).toMatchObject({
      referralId: id, referralNo, caseId, position: entry.position, act: entry.act, status: entry.status, holder: entry.holderCode, actor: entry.actorCode, at: entry.at.toISOString(),
      basis: { instrument: entry.basisInstrument, article: entry.basisArticle, mark: entry.basisMark }, dueAt: entry.dueAt?.toISOString() ?? null, deadline: entry.deadline, met: entry.met,
    });
  }
  const [rows, signatures] = [await stepRows(world.db.manager, id), await stored(id)];
  expect(rows.map((row, i) => saltedDigest(signatures[i]!.words_salt, wordsOf(row)))).toEqual(steps.map((s) => s.words));
  expect(rows.map((row, i) => saltedDigest(signatures[i]!.documents_salt, row.documents))).toEqual(steps.map((s) => s.documents));
  expect(rows.map((row) => row.documents.length)).toEqual([0, 0, 3, 0, 0]);
  expect(wordsOf(rows[0]!)).toMatchObject({ officer: regulator.officerId, detail: { facts: expect.any(String), charge: 'FAKE_DRUGS' } });
  expect(wordsOf(rows[4]!)).toMatchObject({ changes: { decisionNo: expect.any(String), filedCharge: 'FAKE_DRUGS' } });
});

it('signs no refused act', async () => {
  const { id } = await world.referralIn('APPROVED');
  await world.try('approveReferral', regulator, id);
  expect(await stored(id)).toHaveLength(2);
});

it('keeps signatures and keys as they were written', async () => {
  const { id } = await world.referralIn('PENDING_APPROVAL');
  for (const change of [sql`update referral_step_signature set jws = 'a.b.c'`, sql`delete from referral_step_signature where referral_id = ${id}`, sql`delete from signing_key`]) {
    await expect(query(world.db.manager, change)).rejects.toThrow('permission denied');
  }
});

it('signs later what was recorded before there was a key, goes on with another key, and publishes both without their secrets', async () => {
  const { id } = await world.referralIn('UNDER_FILING_REVIEW');
  const former = deps().signer.kid;
  const owner = await openDatabase({ url: world.harness.ownerUrl, applicationName: 'earlier', poolSize: 1 });
  await owner.query('delete from referral_step_signature where referral_id = $1 and position > 2', [id]);
  await owner.destroy();
  const signer = await createSigner(await loadOrCreateSigningKey(folder, 'next'));
  for (const _again of [1, 2]) await world.act((tx) => signEarlierSteps.run(tx, { ...deps(), signer, dataSource: world.db }));
  expect((await stored(id)).map((s) => s.kid)).toEqual([former, former, signer.kid, signer.kid]);
  expect(await signedSteps(world, id)).toHaveLength(4);
  const keys = await publishedKeys({ dataSource: world.db, signer });
  expect(keys.keys.map((key) => key.kid)).toEqual([signer.kid, former]);
  for (const key of keys.keys) expect(key).not.toHaveProperty('d');
  const [first] = await stored(id);
  expect((await verifySigned(first!.jws, stepType, keys)).kid).toBe(former);
});

it('publishes the keys under a path that needs no token', async () => {
  const { files } = world.harness.service.runtime;
  const made = await files!.make(publicReader, 'signing-keys.json');
  expect(made).toMatchObject({ fileName: 'signing-keys.json', mediaType: 'application/jwk-set+json', records: [] });
  expect(JSON.parse(await text(made!.stream))).toEqual(await publishedKeys(deps()));
  expect(await files!.make(publicReader, 'signing-keys')).toBeNull();
});
