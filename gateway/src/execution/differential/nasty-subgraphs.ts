import type { ServiceName } from '@casebridge/contracts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"])';

/** Value types that every service knows. */
const shared = `
  scalar Json
  type Meta @shareable { weight: Int! tags: [Tag!]! grid: [[Int!]]! note: String }
  type Tag @shareable { name: String! deep: Tag }
  enum Kind { PAPER REEL TAPE HIDDEN @inaccessible }
`;

const works = `
  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    mustNode: Node!
    place(id: ID!): Place
    places: [Place!]!
    book(id: ID! = "n0"): Book!
    media(kind: Kind = PAPER, filter: Filter, page: Page = { size: 2, tags: ["p"] }): [Media!]!
    search(text: String): [Hit]
    grid: [[Shelf!]!]!
    loose: [[[Shelf]]]
    count(of: [Kind!] = [PAPER]): Int!
    featured: Book @provides(fields: "rating { stars }")
    kinds: [Kind]!
    secret: String @inaccessible
  }
  type Mutation {
    rename(id: ID!, title: String!): Renamed
    tick: Int!
    shelve(id: ID!, at: Point!): Shelf!
  }
  type Renamed { book: Book! by: Person query: Query! }
  input Point { x: Int! = 1, y: Float, tags: [String!] = ["a"] }
  input Page { size: Int = 3, tags: [String!] }
  input Filter { kind: Kind, near: Point, any: [Filter!], text: String }
  interface Node { id: ID! label: String! }
  interface Place @key(fields: "id") { id: ID! label: String! inside: Place }
  type Hall implements Place & Node @key(fields: "id") { id: ID! label: String! inside: Yard seats: Int! shelves: [Shelf!] }
  type Room implements Place & Node @key(fields: "id") { id: ID! label: String! inside: Hall! seats: [Int] keeper: Person }
  type Yard implements Place @key(fields: "id") { id: ID! label: String! inside: Place seats: String @inaccessible }
  interface Badge @key(fields: "id") { id: ID! metal: String! }
  type Medal implements Badge @key(fields: "id") { id: ID! metal: String! ribbon: String }
  type Pin implements Badge @key(fields: "id") { id: ID! metal: String! size: Float! }
  interface Media { id: ID! title: String! owner: Person! next: Media size: Int meta: Meta! kind: Kind lent: Boolean }
  union Hit = Book | Film | Person | Shelf | Ghost
  type Ghost @inaccessible { id: ID! title: Int }
  type Book implements Node & Media @key(fields: "id") @key(fields: "isbn { group number }") {
    id: ID! label: String! title: String! @shareable owner: Person! next: Book! size: Int! meta: Meta! kind: Kind! lent: Boolean! isbn: Isbn!
    extra: Json secret: String @inaccessible parts: [Part!]! table: [[Part]!]! rating: Rating! @external blurb: String! shelf: Shelf
  }
  type Film implements Node & Media @key(fields: "id") {
    id: ID! label: String! title: String! owner: Person! @provides(fields: "name") next: Film size: Int meta: Meta! kind: Kind lent: Boolean length: Float! cast: [Person]!
  }
  type Song implements Node & Media @key(fields: "id") {
    id: ID! label: String! title: String! owner: Person! next: Media size: Int! meta: Meta! kind: Kind! lent: Boolean on: Json! hits: [Hit!]
  }
  type Isbn @shareable { group: String! number: Int! }
  type Part { code: ID! weight: Float }
  type Rating { stars: Int! @external }
  type Person @key(fields: "id") { id: ID! name: String! @external age: Int works: [Media!] }
  type Shelf @key(fields: "row slot { level }") { row: Int! slot: Slot! books: [[Book]!] size: [Int!]! top: Hit }
  type Slot @shareable { level: Int! }
`;

const opinions = `
  type Query { reviews(first: Int = 2): [Review!]! person(email: String!): Person persons: [[Person!]] opinion: Opinion latest: [Media!] best: Media }
  type Mutation { rate(id: ID!, stars: Int!, why: Json): Book! drop(id: ID!): Boolean }
  interface Media { id: ID! rating: Rating reviews(first: Int = 2): [Review] }
  type Book implements Media @key(fields: "id") { id: ID! rating: Rating! @shareable reviews(first: Int = 2): [Review!]! weight(unit: Unit! = G): Float! fans: [[Person!]!] }
  type Film implements Media @key(fields: "id") { id: ID! rating: Rating reviews(first: Int = 2): [Review] fans: [Person] }
  type Song implements Media @key(fields: "id") { id: ID! rating: Rating! reviews(first: Int = 2): [Review!] }
  enum Unit { G KG LB @inaccessible }
  type Rating @shareable { stars: Int! grid: [[Float]!] by: Person all: Query! }
  interface Review { stars: Int! author: Person text: String of: Media }
  type Short implements Review { stars: Int! author: Person! text: String! of: Media words: Int! }
  type Long implements Review { stars: Int! author: Person text: String of: Book! pages: [String!]! }
  type Person @key(fields: "id") @key(fields: "email") { id: ID! email: String! name: String! @shareable org: Org @shareable best: Review spots: [[Spot!]!] @shareable line: [Spot] @shareable }
  type Spot { a: Int! }
  type Org @shareable { code: ID! name: String }
  union Opinion = Short | Long | Book
`;

const prices = `
  type Query { priced: [Book]! sites: [Place] site: Place! counters: Counters! @shareable }
  type Counters @shareable { a: Int! b: Int }
  type Place @key(fields: "id") @interfaceObject {
    id: ID! label: String! @external score: Int! near: [Place!] nearest: Place taxes: Money shout: String! @requires(fields: "label")
  }
  type Book @key(fields: "id") {
    id: ID! size: Int! @external meta: Meta! @external parts: [Part!]! @external owner: Person! @external table: [[Part]!]! @external
    price: Money @requires(fields: "size meta { weight tags { name } }")
    cost: Int! @requires(fields: "parts { code weight } table { code }")
    credit: String @requires(fields: "owner { id age }")
    blurb: String! @override(from: "enforcement")
    title: String! @shareable
  }
  type Part { code: ID! @external weight: Float @external }
  type Person @key(fields: "id") { id: ID! age: Int @external greeting(loud: Boolean = false): String! }
  type Money @shareable { amount: Int! currency: Currency! }
  enum Currency { CNY EUR }
  type Film @key(fields: "id") { id: ID! next: Film @external worth: Money @requires(fields: "next { id }") }
`;

const people = `
  type Query { member(email: String!): Person pool: [Hit]! counters: Counters! @shareable }
  type Mutation { enlist(email: String!, as: Role = GUEST): Person! }
  type Counters @shareable { a: Int! b: Int }
  union Hit = Person | Film
  enum Role { GUEST STAFF }
  type Person @key(fields: "email") @key(fields: "email org { code }") {
    email: String! org: Org @shareable role: Role! boss: Person team: [Person!]! liked: [Hit!] favourite: Film spots: [[Spot!]!] @shareable line: [Spot] @shareable badge: Badge badges: [Badge!]! size: String
  }
  type Film @key(fields: "id") { id: ID! worth: Money @external tax: Int! @requires(fields: "worth { amount }") fee: Money }
  type Money @shareable { amount: Int! currency: Currency! }
  enum Currency { CNY EUR }
  type Org @shareable { code: ID! name: String }
  type Spot { b: Int }
  type Badge @key(fields: "id") @interfaceObject { id: ID! rank: Int! wearer: Person }
`;

/** A graph with as many ways to go wrong as fit into one. The services have names of this hub, and nothing else of it. */
export const nastySubgraphs: ReadonlyMap<ServiceName, string> = new Map<ServiceName, string>([
  ['enforcement', `${link}${shared}${works}`],
  ['inspection', `${link}${shared}${opinions}`],
  ['credit', `${link}${shared}${prices}`],
  ['adr', `${link}${shared}${people}`],
]);
