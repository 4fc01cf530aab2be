import { officer } from '@casebridge/testkit';
import { head, ReferralWorld, regulator } from '../testing/referral-world';
import { dataOf } from '../testing/world';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

describe('the filter on overdue referrals', () => {
  const found = async (overdue: boolean | null, who = regulator): Promise<string[]> => {
    const answer = await world.send<{ cases: { nodes: { id: string }[] } }>(who, 'query($f: CaseFilter) { cases(filter: $f, first: 100) { nodes { id } } }', { f: { overdue } });
    return dataOf(answer).cases.nodes.map((n) => n.id);
  };

  it('takes the cases whose current referral is late, from the first late instant on, as far as the reader may see it', async () => {
    const without = await world.givenCase();
    const stopped = await world.referralIn('NOT_APPROVED');
    const running = await world.referralIn('PENDING_APPROVAL');
    const all = [without.caseId, stopped.caseId, running.caseId].sort();
    expect(await found(true)).toEqual([]);
    expect((await found(false)).sort()).toEqual(all);

    const { dueAt } = await world.referral(running.id);
    world.pass((dueAt as Date).getTime() - world.clock.now().getTime() - 1);
    expect(await found(true)).toEqual([]);
    world.pass(1);
    expect(await found(true)).toEqual([running.caseId]);
    expect((await found(false)).sort()).toEqual(all.filter((id) => id !== running.caseId));
    expect((await found(null)).sort()).toEqual(all);

    // An insurer with a part sees the case and not the referral: for him nothing is late.
    await world.change(running.caseId, { parts: ['MIB-210000'] });
    const insurer = officer('MIB-210000', 2);
    expect(await found(null, insurer)).toEqual([running.caseId]);
    expect(await found(true, insurer)).toEqual([]);
  });
});

describe('a document of a sealed case', () => {
  it('is closed even to the agency that handed it in, named officers excepted', async () => {
    const { id, caseId } = await world.referralIn('APPROVED');
    const bytes = await world.upload(regulator, '演示移送书');
    const input = await world.transferInput();
    const documents = (input['documents'] as { fileId: string }[]).map((d, i) => (i === 0 ? { ...d, fileId: bytes } : d));
    await world.do('transferReferral', regulator, id, { ...input, documents });
    const opens = async (who: typeof regulator): Promise<boolean> => {
      const opened = await world.harness.service.runtime.files?.open(who, bytes);
      opened?.stream.destroy();
      return opened != null;
    };
    expect([await opens(regulator), await opens(head)]).toEqual([true, true]);
    await world.change(caseId, { excluded: ['MRA-210100/MRA-210100-2'] });
    expect([await opens(regulator), await opens(head)]).toEqual([false, true]);
    await world.change(caseId, { excluded: [], sealedUntil: '2027-12-31', sealOfficers: ['MRA-210100-1'] });
    expect([await opens(regulator), await opens(head)]).toEqual([false, true]);
  });
});
