import { isObjectType } from 'graphql';
import { buildAdrSubgraph } from './subgraph';

const { schema, sdl } = buildAdrSubgraph();
const types = Object.values(schema.getTypeMap()).filter(isObjectType).filter((t) => !t.name.startsWith('_'));
const fieldsOf = (name: string): string[] => Object.keys(types.find((t) => t.name === name)?.getFields() ?? {});

/** What says of a person who he is, in whatever words. */
const identity = /reporter|complainant|informant|patientName|initials|birth|identity|phone|mobile|email|address|contact|^age$|(^|[a-z])Age$|^ip/;

const paging = new Set(['hasNextPage', 'hasPreviousPage']);

describe('the subgraph', () => {
  it('names no person: no field, no key, no argument', () => {
    for (const type of types) {
      for (const field of Object.values(type.getFields())) {
        for (const name of [field.name, ...field.args.map((a) => a.name)].filter((n) => !paging.has(n))) {
          expect(name).not.toMatch(identity);
        }
      }
    }
    expect([...sdl.matchAll(/type (\w+) @key/gu)].map(([, name]) => name ?? '').sort((a, b) => a.localeCompare(b))).toEqual(
      ['AdverseReactionReport', 'Agency', 'Case', 'Complaint', 'Enterprise', 'Product', 'Region']);
  });

  it('shows the public the progress of a complaint by its receipt code, the law, and nothing else', () => {
    const tagged = sdl.split('\n')
      .filter((line) => line.includes('@tag(name: "public")'))
      .map((line) => line.trim())
      .filter((line) => !/^(?:first|after|last|before): /u.test(line)); // shared by all lists; without a tagged field they are nobody's
    expect(tagged).toEqual([
      'complaintProgress(receiptCode: String! @tag(name: "public")): ComplaintProgress @tag(name: "public")',
      'reportingClocks: [StatutoryClockRow!] @tag(name: "public") @listSize(assumedSize: 20)',
      'type PageInfo @shareable @tag(name: "public") {',
      'type LegalBasis @shareable @tag(name: "public") {',
      'type ComplaintProgress @tag(name: "public") {',
      'type StatutoryClockRow @shareable @tag(name: "public") {',
      'extend enum ComplaintStatus @tag(name: "public")',
      'extend enum PeriodUnit @tag(name: "public")',
      'extend enum VerificationMark @tag(name: "public")',
      'extend scalar Date @tag(name: "public")',
      'extend scalar DateTime @tag(name: "public")',
    ]);
    expect(fieldsOf('ComplaintProgress')).toEqual(['receivedAt', 'status']);
  });

  it('makes every field but the key nullable on entities, so that an outage costs its own branch', () => {
    for (const name of ['AdverseReactionReport', 'Complaint', 'Case', 'Enterprise', 'Product']) {
      const type = types.find((t) => t.name === name);
      for (const field of Object.values(type?.getFields() ?? {})) {
        expect([`${name}.${field.name}`, String(field.type).endsWith('!')]).toEqual([`${name}.${field.name}`, field.name === 'id' || field.name === 'uscc']);
      }
    }
  });
});
