import { correctedWords } from './decision-words.rule';

const party = { partyKind: 'ENTITY', partyName: '示例药业有限公司' } as const;
const person = { partyKind: 'PERSON', partyName: '示例甲', documentNo: '1号', summary: '警告', penaltyKinds: ['WARNING'] } as const;
const summary = (to: string) => [{ field: 'penaltySummary' as const, from: '罚款1元', to }];

it('a corrected summary reads with each party what it says of that party, and else the kinds of its penalties', () => {
  const to = '罚款2元；没收；对示例甲：警告（更正）；对示例乙：罚款3元';
  expect(correctedWords({ ...party, summary: '罚款1元', penaltyKinds: ['FINE'] }, party, summary(to))).toEqual({ summary: '罚款2元；没收' });
  expect(correctedWords(person, party, summary(to))).toEqual({ summary: '警告（更正）' });
  expect(correctedWords(person, party, summary('罚款2元'))).toEqual({ summary: '警告' });
});

it('a corrected name is that of the party alone, a corrected number that of the decision', () => {
  const changes = [{ field: 'partyName', from: party.partyName, to: '新名' }, { field: 'documentNo', from: '1号', to: '2号' }] as const;
  expect(correctedWords(person, party, changes)).toEqual({ documentNo: '2号' });
  expect(correctedWords({ ...party, documentNo: '列入1号' }, party, changes)).toEqual({ partyName: '新名' }); // the number of the decision to list is another
});
