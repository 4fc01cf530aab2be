import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { codeLists } from '@casebridge/contracts';
import { stripSecurity } from '../authorization';
import { Documents, type ReadyOperation } from '../documents';
import { clientTexts, namesIn } from '../documents/testing/hub-schema';
import { budgetPolicies, type DoorName, limitsOf, operationCostLimits, readCostModel } from '../limits';

const doorOf = (door: DoorName, file: string) => {
  const sdl = readFileSync(join(__dirname, '../..', file), 'utf8');
  const schema = Supergraph.build(stripSecurity(sdl).sdl, { validateSupergraph: false }).apiSchema().toGraphQLJSSchema();
  const costs = readCostModel(sdl);
  const documents = new Documents({ schema, limits: limitsOf(door), costs });
  return {
    costs, schema,
    estimate: (text: string, name: string | null, variables = {}): number => {
      const ready = documents.operation(text, name);
      if ('errors' in ready) throw new Error(ready.errors.map(String).join('\n'));
      return (ready satisfies ReadyOperation).cost.estimate(variables);
    },
  };
};
const hub = doorOf('hub', 'supergraph.graphql');
const publicDoor = doorOf('public', 'supergraph.public.graphql');

/** Points that the operations of known clients may cost, by what they ask. */
const table: [operation: string, estimate: number, variables: object][] = [
  ['SharedCase', 166, {}],
  ['CaseList', 613, {}],
  ['CaseList', 634, { filter: { text: '药' } }],
  ['PublicPenalties', 73, { first: 20 }],
  ['PublicPenalties', 314, { first: 100, filter: { regionCode: '210100' } }],
  ['ReferralEventCursor', 1, {}],
  ['ReferralUpdates', 17, {}],
  ['SubmitReferralReport', 14, { input: { charge: 'FAKE_DRUGS', facts: '', taskForce: [] } }],
  ['TransferReferral', 17, { input: { documents: [{}, {}, {}] } }],
];

describe('what the operations of clients cost', () => {
  const texts = new Map([...clientTexts.values()].flatMap((text) => namesIn(text).map((name) => [name, text] as const)));

  it.each(table)('%s: %d', (operation, estimate, variables) => {
    expect(hub.estimate(texts.get(operation)!, operation, variables)).toBe(estimate);
  });

  it.each([...texts.keys()])('%s is far below the limits', (operation) => {
    const most = Math.max(...table.filter(([name]) => name === operation).map(([, estimate]) => estimate), hub.estimate(texts.get(operation)!, operation, { first: 100 }));
    expect(most * 20).toBeLessThan(operationCostLimits.hub);
    // A second of an agency's budget is worth thirty pages of its heaviest list.
    expect(most * 30).toBeLessThan(budgetPolicies.agency.perSecond);
  });

  it('lets the public read the longest page ten times over in one operation', () => {
    const page = publicDoor.estimate(texts.get('PublicPenalties')!, 'PublicPenalties', { first: 100, filter: { text: '药' } });
    expect(page).toBe(hub.estimate(texts.get('PublicPenalties')!, 'PublicPenalties', { first: 100, filter: { text: '药' } }));
    expect(page * 10).toBeLessThan(operationCostLimits.public);
  });

  it('stops what multiplies pages by pages', () => {
    const wide = '{ enterprises(first: 100) { nodes { inspections(first: 100) { nodes { defects { id } } } } } }';
    expect(publicDoor.estimate(wide, null)).toBeGreaterThan(operationCostLimits.public);
    expect(hub.estimate(wide, null)).toBeGreaterThan(operationCostLimits.hub);
    expect(publicDoor.estimate('{ enterprises { nodes { inspections { nodes { id } } } } }', null)).toBeLessThan(operationCostLimits.public);
  });

  it('knows the length of the lists that do not page', () => {
    const sizes = (coordinate: string): number => hub.costs.listSizes.get(coordinate)?.assumedSize ?? 0;
    expect(sizes('Query.codeLists')).toBeGreaterThanOrEqual(codeLists.length);
    expect(sizes('CodeList.values')).toBeGreaterThanOrEqual(Math.max(...codeLists.map(({ codes }) => codes.length)));
    expect(publicDoor.estimate('{ codeLists { name values { code zh en } } statutoryClocks { name } }', null)).toBeLessThan(operationCostLimits.public);
  });
});

describe.each([['hub', hub], ['public', publicDoor]] as const)('the schema of the door %s', (_name, { costs, schema }) => {
  const objects = Object.values(schema.getTypeMap()).flatMap((type) => ('getFields' in type && !type.name.startsWith('__') ? [type] : []));
  const fields = objects.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type: type.name, field })));

  it('gives every page a length and every count a weight', () => {
    const pages = fields.filter(({ field }) => /Connection!?$/.test(String(field.type)));
    expect(pages.length).toBeGreaterThan(4);
    for (const { field, type } of pages) {
      const size = costs.listSizes.get(`${type}.${field.name}`);
      expect([type, field.name, size?.assumedSize, size?.slicingArguments.includes('first'), size?.sizedFields]).toEqual([type, field.name, 20, true, ['nodes', 'edges']]);
    }
    const counts = fields.filter(({ field, type }) => type.endsWith('Connection') && field.name === 'totalCount');
    expect(counts.length).toBeGreaterThan(2);
    for (const { type } of counts) expect([type, costs.fields.get(`${type}.totalCount`)]).toEqual([type, 10]);
  });

  it('weighs every search by words', () => {
    const searches = fields.filter(({ field, type }) => type.endsWith('Filter') && field.name === 'text');
    expect(searches.length).toBeGreaterThan(1);
    for (const { type } of searches) expect([type, costs.fields.get(`${type}.text`)]).toEqual([type, 20]);
  });
});
