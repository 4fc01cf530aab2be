import type { ServiceName } from '@casebridge/contracts';
import { type Json, unknownId } from './ask';
import { sample, type Visible } from './expectations';
import { aroundCase, aroundEnterprise, aroundProduct, compareLists } from './nested';
import type { Edges } from './prepare';
import { canonical, comparable, recordKinds } from './records';
import type { World } from './world';

/** References as the gateway sends them to one service. */
export interface EntityCheck {
  readonly service: ServiceName;
  readonly type: string;
  readonly key: string;
  readonly selection: string;
  readonly keys: readonly string[];
  /** A key that nobody has. */
  readonly absent: string;
  /** Null: as if there were none. */
  readonly expected: (visible: Visible, key: string) => Json | null;
  /** Null where both agree. */
  readonly compare: (expected: Json, got: Json) => object | null;
}

const absentUscc = '91000000MA0000000X';
const list = (field: string): string => `${field}(first: 100) { totalCount nodes { id } }`;

const lists = (expected: Json, got: Json): object | null => {
  const wrong: [string, unknown][] = [];
  compareLists(expected, got ?? Object.fromEntries(Object.keys(expected).map((field) => [field, null])), (field, detail) => wrong.push([field, detail]));
  return wrong.length ? Object.fromEntries(wrong) : null;
};

export function entityChecks(world: World, edges: Edges): readonly EntityCheck[] {
  const edge = new Set<string>(Object.values(edges));
  const kinds = recordKinds(world, edges);
  const caseKeys = sample(world.cases, 30, (c) => edge.has(c.case_id)).map((c) => c.case_id);
  const usccs = sample(world.enterprises, 40, (e) => world.cases.some((c) => c.enterprise_uscc === e.uscc && edge.has(c.case_id))).map((e) => e.uscc);
  const products = sample(world.products, 40, (p) => world.cases.some((c) => c.product_id === p.id && edge.has(c.case_id))).map((p) => p.id);

  const record = (service: ServiceName, type: string, selection: string): EntityCheck => {
    const kind = kinds.find((k) => k.type === type)!;
    const keys = kind.argument;
    return {
      service, type, key: keys, selection, keys: kind.sampled, absent: keys === 'uscc' ? absentUscc : unknownId, expected: (v, key) => kind.expected(v.rights, key),
      // References to other services come back as bare keys here, so that only what this service gives is compared.
      compare: (expected, got) => {
        const plain = comparable(kind, got);
        if (!plain) return { expected, got };
        const wanted = Object.fromEntries(Object.keys(plain).map((field) => [field, expected[field]]));
        return canonical(wanted) === canonical(plain) ? null : { expected: wanted, got: plain };
      },
    };
  };
  const stub = (service: ServiceName, type: string, fields: readonly string[], keys: readonly string[], around: (v: Visible, key: string) => Json, hidden: (v: Visible, key: string) => boolean): EntityCheck => ({
    service, type, key: type === 'Enterprise' ? 'uscc' : 'id', selection: fields.map(list).join(' '), keys, absent: type === 'Enterprise' ? absentUscc : unknownId,
    expected: (v, key) => {
      if (hidden(v, key)) return null;
      const all = around(v, key);
      return Object.fromEntries(fields.filter((f) => f in all).map((f) => [f, all[f]]));
    },
    compare: lists,
  });
  const hiddenCase = (v: Visible, id: string): boolean => !v.rights.case(id) && v.rights.standing(id) === null;
  const open = (): boolean => false;
  return [
    record('enforcement', 'Case', 'id caseNo status version facts goodsValueFen product { id } respondentName'),
    record('enforcement', 'Referral', 'id version status facts documents { id } timeline { position act status } case { id }'),
    record('inspection', 'Inspection', 'id status conclusion enterprise { uscc } defects { id }'),
    record('inspection', 'Product', 'id name kind holder { uscc }'),
    record('inspection', 'Enterprise', 'uscc name riskTier riskScore riskReasons keyPersons { name } supervisingAgency { code } region { code }'),
    record('adr', 'AdverseReactionReport', 'id kind agency { code } region { code } cases { id }'),
    record('adr', 'Complaint', 'id status subject kind enterprise { uscc } product { id } region { code }'),
    stub('inspection', 'Case', ['inspections'], caseKeys, aroundCase, hiddenCase),
    stub('credit', 'Case', ['creditPunishments', 'disclosureRecords'], caseKeys, aroundCase, hiddenCase),
    stub('adr', 'Case', ['complaints', 'adverseReactionReports'], caseKeys, aroundCase, hiddenCase),
    stub('inspection', 'Enterprise', ['inspections'], usccs, aroundEnterprise, open),
    stub('enforcement', 'Enterprise', ['cases', 'referrals'], usccs, aroundEnterprise, open),
    stub('credit', 'Enterprise', ['creditPunishments', 'disclosureRecords'], usccs, aroundEnterprise, open),
    stub('adr', 'Enterprise', ['complaints', 'adverseReactionReports'], usccs, aroundEnterprise, open),
    stub('enforcement', 'Product', ['cases'], products, aroundProduct, open),
    stub('adr', 'Product', ['complaints', 'adverseReactionReports'], products, aroundProduct, open),
  ];
}
