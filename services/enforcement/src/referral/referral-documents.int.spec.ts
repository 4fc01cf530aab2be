import { type AgencyReader } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import { filing, ReferralWorld, regulator } from '../testing/referral-world';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

/** A colleague attaches bytes of one case's file to the referral of another. */
async function attach(fileId: string, who: AgencyReader): Promise<unknown> {
  const { id } = await world.referralIn('SUPPLEMENT_REQUIRED');
  const answer = await world.try('supplementReferral', who, id, { documents: [{ kind: 'OTHER', title: '演示材料', fileId }] });
  return answer.errors?.map(({ message, extensions: { code, field } }) => ({ message, code, field })) ?? 'attached';
}

describe('bytes of the file of another case', () => {
  const refused = [{ message: 'input.documents.0.fileId: names no file that your agency has uploaded', code: 'BAD_USER_INPUT', field: 'input.documents.0.fileId' }];
  const colleague = officer(filing, 3);
  const fileOf = async (): Promise<{ caseId: string; fileId: string }> => {
    const { id, caseId } = await world.referralIn('TRANSFERRED');
    const [document] = await world.documentsOf(id);
    if (!document) throw new Error('the referral has no document');
    return { caseId, fileId: document.fileId };
  };

  it('are attached by whoever of the agency sees that case', async () => {
    expect(await attach((await fileOf()).fileId, regulator)).toBe('attached');
  });

  it('do not come out of a sealed case by way of another, save by the officers it is open to', async () => {
    const { caseId, fileId } = await fileOf();
    await world.change(caseId, { sealedUntil: '2026-12-31', sealOfficers: [`${filing}-3`] });
    expect(await attach(fileId, regulator)).toEqual(refused);
    expect(await attach(fileId, colleague)).toBe('attached');
    // By now a second referral names the same bytes; the sealed case hides them still.
    expect(await attach(fileId, regulator)).toEqual(refused);
    await world.change(caseId, { sealedUntil: '2026-11-21' });
    expect(await attach(fileId, regulator)).toBe('attached');
  });

  it('are not attached by an officer who is excluded from that case', async () => {
    const { caseId, fileId } = await fileOf();
    await world.change(caseId, { excluded: [`${filing}/${filing}-2`] });
    expect(await attach(fileId, regulator)).toEqual(refused);
    expect(await attach(fileId, colleague)).toBe('attached');
  });
});
