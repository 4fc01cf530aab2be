import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { type GraphQLSchema, parse } from 'graphql';
import { codes, type World } from './world';

/** The scope that the reader's token has, and that some fields ask for when rights are in the schema. */
export const benchScope = 'bench:read';

/** Rights in a schema, or none: other gateways refuse a supergraph with them, or want settings that are not their defaults. */
interface Rights {
  readonly imports: string;
  readonly authenticated: string;
  readonly scoped: string;
}
const none: Rights = { imports: '', authenticated: '', scoped: '' };
const some: Rights = {
  imports: ', "@authenticated", "@requiresScopes"', authenticated: '@authenticated', scoped: `@requiresScopes(scopes: [["${benchScope}"]])`,
};

const link = ({ imports }: Rights): string => `extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@tag"${imports}])`;
const shown = '@tag(name: "public")';
const enumOf = (name: keyof typeof codes): string => `enum ${name} { ${codes[name].join(' ')} }`;
const enums = (...names: (keyof typeof codes)[]): string => names.map(enumOf).join('\n');

/** Fields that several services contribute to are nullable, as the lint of the house wants it. */
const sdl = ({ authenticated, scoped }: Rights): Readonly<Record<ServiceName, string>> => ({
  enforcement: `
    type Query { case(id: ID!): Case ${authenticated} cases(first: Int! = 20 ${shown}, offset: Int! = 0 ${shown}): CaseList ${shown} }
    type CaseList { totalCount: Int! ${shown} nodes: [Case!]! ${shown} }
    type Case @key(fields: "id") {
      id: ID! caseNo: String ${shown} status: CaseStatus filedAt: String cause: String agency: Agency enterprise: Enterprise ${shown}
      penaltyDecision: PenaltyDecision ${authenticated} referral: Referral ${scoped}
    }
    type Enterprise @key(fields: "uscc") { uscc: ID! }
    type Agency { code: ID! name: String! functions: [AgencyFunction!]! }
    type LegalBasis { instrument: String! article: String! }
    type PenaltyDecision { documentNo: String! decidedOn: String! items: [PenaltyItem!]! }
    type PenaltyItem { kind: PenaltyKind! amountFen: Int basis: LegalBasis! }
    type Referral { id: ID! version: Int! status: ReferralStatus! dueAt: String overdue: Boolean! holder: Agency! timeline: [TimelineEntry!]! }
    type TimelineEntry { position: Int! act: String! status: ReferralStatus! at: String! actor: Agency! basis: LegalBasis! }
    ${enums('CaseStatus', 'AgencyFunction', 'PenaltyKind', 'ReferralStatus')}`,
  inspection: `
    type Query { enterprise(uscc: ID!): Enterprise drug(id: ID!): Drug }
    type Enterprise @key(fields: "uscc") { uscc: ID! name: String ${shown} address: String riskTier: RiskTier inspections: [Inspection!] }
    type Inspection { id: ID! kind: InspectionKind! conductedOn: String! conclusion: String defects: [Defect!]! }
    type Defect { id: ID! grade: DefectGrade! status: DefectStatus! }
    type Drug @key(fields: "id") { id: ID! name: String registrationNo: String dosageForm: String }
    ${enums('RiskTier', 'InspectionKind', 'DefectGrade', 'DefectStatus')}`,
  credit: `
    type Query { creditFiles: Int }
    type Enterprise @key(fields: "uscc") { uscc: ID! creditScore: Int creditPunishments: [CreditPunishment!] ${authenticated} }
    type CreditPunishment { id: ID! kind: PunishmentKind! status: PunishmentStatus! startsOn: String! endsOn: String }
    ${enums('PunishmentKind', 'PunishmentStatus')}`,
  adr: `
    type Query { reportedCases: Int }
    type Case @key(fields: "id") { id: ID! complaints: [Complaint!] ${scoped} adverseReactionReports: [AdverseReactionReport!] }
    type Complaint { id: ID! receivedAt: String! channel: Channel! status: ComplaintStatus! }
    type AdverseReactionReport { id: ID! seriousness: Seriousness! receivedOn: String! reaction: String! drug: Drug }
    type Drug @key(fields: "id") { id: ID! }
    ${enums('Channel', 'ComplaintStatus', 'Seriousness')}`,
});

/** What composition takes. */
export function subgraphSources({ rights }: { readonly rights: boolean }): { readonly name: ServiceName; readonly sdl: string }[] {
  const marks = rights ? some : none;
  const texts = sdl(marks);
  return serviceNames.map((name) => ({ name, sdl: `${link(marks)}\n${texts[name]}` }));
}

type Resolvers = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { readonly resolvers?: unknown }>['resolvers']>;

/** Only roots and references have resolvers; every other field is a property of its record, read at once. */
const resolvers: { readonly [S in ServiceName]: (world: World[S]) => Resolvers } = {
  enforcement: ({ cases }) => {
    const byId = new Map(cases.map((c) => [c.id, c]));
    return {
      Query: {
        case: (_: unknown, { id }: { id: string }) => byId.get(id) ?? null,
        cases: (_: unknown, { first, offset }: { first: number; offset: number }) => ({ totalCount: cases.length, nodes: cases.slice(offset, offset + first) }),
      },
      Case: { __resolveReference: ({ id }: { id: string }) => byId.get(id) ?? null },
    };
  },
  inspection: ({ drugs, enterprises }) => {
    const byUscc = new Map(enterprises.map((e) => [e.uscc, e]));
    const byId = new Map(drugs.map((d) => [d.id, d]));
    return {
      Query: {
        enterprise: (_: unknown, { uscc }: { uscc: string }) => byUscc.get(uscc) ?? null,
        drug: (_: unknown, { id }: { id: string }) => byId.get(id) ?? null,
      },
      Enterprise: { __resolveReference: ({ uscc }: { uscc: string }) => byUscc.get(uscc) ?? null },
      Drug: { __resolveReference: ({ id }: { id: string }) => byId.get(id) ?? null },
    };
  },
  credit: ({ files }) => {
    const byUscc = new Map(files.map((f) => [f.uscc, f]));
    return { Query: { creditFiles: () => files.length }, Enterprise: { __resolveReference: ({ uscc }: { uscc: string }) => byUscc.get(uscc) ?? null } };
  },
  adr: ({ cases }) => {
    const byId = new Map(cases.map((c) => [c.id, c]));
    return { Query: { reportedCases: () => cases.length }, Case: { __resolveReference: ({ id }: { id: string }) => byId.get(id) ?? null } };
  },
};

/** The executable schema of one service over its part of the world. */
export function subgraphSchema(name: ServiceName, world: World): GraphQLSchema {
  const made: Readonly<Record<ServiceName, () => Resolvers>> = {
    inspection: () => resolvers.inspection(world.inspection), enforcement: () => resolvers.enforcement(world.enforcement),
    credit: () => resolvers.credit(world.credit), adr: () => resolvers.adr(world.adr),
  };
  return buildSubgraphSchema({ typeDefs: parse(`${link(none)}\n${sdl(none)[name]}`), resolvers: made[name]() });
}
