import 'reflect-metadata';
import { demoAgencies } from '@casebridge/contracts';
import { DutyCrimeClueActEntity, DutyCrimeClueEntity, enforcementService, importAgencies } from '@casebridge/enforcement';
import { FixedClock } from '@casebridge/kernel';
import { unitOfWork } from '@casebridge/platform';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { CollectedWorld, grouped, tables } from './testing/collected-world';
import { bare } from './testing/comparing';

const world = new CollectedWorld('demo', 1);
const histories = grouped(world.all(tables.dutyCrimeClueAct), (a) => a.clueId);
const chosen = [...grouped(world.all(tables.dutyCrimeClue), (k) => k.status).values()].map(([first]) => first!);

describe('demo clues to duty crimes, sent again by the use cases', () => {
  const clock = new FixedClock('2021-08-01T00:00:00Z');
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(enforcementService, { clock });
    await unitOfWork(hub.service.deps, (tx) => importAgencies(tx, demoAgencies));
  });
  afterAll(() => hub.stop());

  it('are in every state', () => expect(chosen.map((k) => k.status).sort()).toEqual(['CONCLUDED', 'RECEIVED', 'SENT']));

  it.each(chosen.map((k) => [k.status, k] as const))('writes what the demo has of one that is %s', async (_, seeded) => {
    let id: string | null = null;
    for (const { act, at, officerId, text, id: key } of histories.get(seeded.id)!) {
      clock.set(at);
      const [, agency, number] = /^(.+)-(\d+)$/.exec(officerId)!;
      const type = `${act.charAt(0).toUpperCase()}${act.slice(1)}Input`;
      const input = act === 'sendDutyCrimeClue' ? { supervision: seeded.receiverCode, official: seeded.official, facts: seeded.facts } : act === 'receiveDutyCrimeClue' ? {} : { text, result: seeded.result };
      const answer: { data?: { m: { dutyCrimeClue: { id: string } } } | null } = await hub.as(officer(agency!, Number(number))).send(
        `mutation($input: ${type}!, $key: ID!${id === null ? '' : ', $id: ID!'}) { m: ${act}(${id === null ? '' : 'dutyCrimeClueId: $id, '}input: $input, idempotencyKey: $key) { dutyCrimeClue { id } } }`,
        { input, key, ...(id === null ? {} : { id }) });
      id = answer.data!.m.dutyCrimeClue.id;
    }
    expect(bare(await hub.dataSource.getRepository(DutyCrimeClueEntity).findBy({ id: id! }))).toEqual(bare([seeded]));
    expect(bare(await hub.dataSource.getRepository(DutyCrimeClueActEntity).find({ where: { clueId: id! }, order: { position: 'ASC' } }), 'clueId')).toEqual(bare(histories.get(seeded.id)!, 'clueId'));
  });
});
