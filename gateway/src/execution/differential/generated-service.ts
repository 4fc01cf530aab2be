import { buildSubgraphSchema } from '@apollo/subgraph';
import type { ServiceName } from '@casebridge/contracts';
import type { ServiceHealth, ServicePort, ServiceRequest } from '@casebridge/platform';
import {
  type DocumentNode, type ExecutionResult, type FieldNode, getNamedType, type GraphQLCompositeType, GraphQLError, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema,
  isAbstractType, isCompositeType, isLeafType, isListType, isNonNullType, isObjectType, OverlappingFieldsCanBeMergedRule, parse, type SelectionSetNode, validate,
} from 'graphql';
import { Asked, textOf } from './asked';
import type { Entities } from './entities';
import { fetchFault, type FetchFault, manners, type MannerName, placeFault, type PlaceFault } from './faults';
import { leafValue, wrongLeaf } from './leaves';
import { mix, pickBy } from './random';

type Path = readonly (string | number)[];
type Values = Record<string, unknown>;

/** One run: what the services know follows from the seed, what they do wrong from seed and manner. */
export interface World {
  readonly seed: number;
  readonly manner: MannerName;
  /** Told of each thing that goes wrong. */
  readonly onFault: (fault: string) => void;
}

/** A service with any data and any fault. An answer depends on nothing but the world, the fetch and its variables. */
export class GeneratedService implements ServicePort {
  private readonly schema: GraphQLSchema;
  private readonly faults = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  private world: World = { seed: 0, manner: 'right', onFault: () => undefined };

  constructor(
    readonly name: ServiceName,
    sdl: string,
    private readonly entities: Entities,
  ) {
    this.schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
  }

  enter(world: World): void {
    this.world = world;
  }

  execute({ document, query, variables = {} }: ServiceRequest): Promise<ExecutionResult> {
    if (!document) throw new RangeError('the planner gives documents');
    const faults = this.faults.get(document) ?? validate(this.schema, document, [OverlappingFieldsCanBeMergedRule]);
    this.faults.set(document, faults);
    if (faults.length > 0) return Promise.resolve({ errors: faults });
    const asked = new Asked(this.schema, document, variables);
    return Promise.resolve(new Answer(this.name, this.schema, this.entities, this.world, asked).to(query));
  }

  subscribe(): Promise<ExecutionResult> {
    return Promise.reject(new Error('no streams here'));
  }

  health(): Promise<ServiceHealth> {
    return Promise.resolve({ name: this.name, ok: true, checks: {} });
  }
}

/** The object above has to be null. */
const bubble = Symbol('a null that the type does not allow');
/** Becomes `__proto__` in the text of an answer, which is how it comes from a real service. */
const evilKey = '--proto--';

/** An object of the answer. */
interface Thing {
  readonly type: GraphQLObjectType;
  readonly number: number;
  /** All that its fields depend on. */
  readonly identity: number;
  readonly sets: readonly SelectionSetNode[];
  readonly path: Path;
  /** The representation it was asked for with. */
  readonly about: string;
}

/** A value of the answer. */
interface Place {
  readonly type: GraphQLOutputType;
  readonly name: string;
  readonly hash: number;
  readonly fault: PlaceFault | null;
  readonly nodes: readonly FieldNode[];
  readonly path: Path;
  readonly owner: Thing;
}

class Answer {
  private readonly errors: GraphQLError[] = [];
  private evil = false;

  constructor(
    private readonly service: ServiceName,
    private readonly schema: GraphQLSchema,
    private readonly entities: Entities,
    private readonly world: World,
    private readonly asked: Asked,
  ) {}

  to(query: string): ExecutionResult {
    const { representations } = this.asked;
    const hash = mix(this.world.seed, this.service, query, this.asked.facts);
    const fault = fetchFault(manners[this.world.manner], hash);
    if (fault) this.world.onFault(fault);
    switch (fault) {
      case 'down':
        return { errors: [errorOf(`${this.service} is down`, hash)] };
      case 'downWithNullData':
        return { data: null, errors: [errorOf(`${this.service} is down`, hash, [])] };
      case 'downWithPath':
        return { data: null, errors: [errorOf(`${this.service} is down`, hash, [representations ? '_entities' : 'somewhere'])] };
      case 'silent':
        return {};
      case 'noData':
        return { data: {} };
      case 'errorWithoutPath':
        this.errors.push(errorOf(`${this.service} is not well`, hash));
        break;
      case 'errorNowhere':
        this.errors.push(errorOf(`${this.service} is lost`, hash, representations ? ['_entities', 77, 'nowhere'] : ['nowhere', 3, 'id']));
        break;
      default:
    }
    const data = representations ? this.list(representations, fault) : this.root();
    return {
      data: this.evil ? (JSON.parse(JSON.stringify(data).replaceAll(evilKey, '__proto__')) as Values) : data,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
    };
  }

  private root(): Values | null {
    const { root, rootType } = this.asked;
    return this.object({ type: rootType, number: 0, identity: this.world.seed, sets: [root], path: [], about: '' });
  }

  private list(representations: readonly Values[], fault: FetchFault | null): Values {
    if (fault === 'entitiesAreNull') return { _entities: null };
    if (fault === 'entitiesAreNone') return { _entities: 'none' };
    const found = representations.map((representation, i) => this.entity(representation, ['_entities', i]));
    if (fault === 'fewerEntities') found.pop();
    if (fault === 'moreEntities') found.push(null);
    return { _entities: found };
  }

  private entity(representation: Values, path: Path): Values | null {
    const about = textOf(representation);
    const declared = this.schema.getType(String(representation['__typename']));
    if (!isCompositeType(declared)) return null;
    const fault = this.faultAt(about);
    if (fault === 'null' || fault === 'nullWithError') {
      this.world.onFault(`entity ${fault}`);
      if (fault === 'nullWithError') this.errors.push(errorOf(`${this.service} does not find ${about}`, mix(about), path));
      return null;
    }
    const number = this.entities.numberIn(representation);
    const type = isObjectType(declared) ? declared : this.schema.getType(this.entities.typeOf(declared.name, number) ?? '');
    if (!isObjectType(type)) return null;
    return this.object({ type, number, identity: mix(this.world.seed, type.name, number), sets: [this.asked.root], path, about });
  }

  private object(thing: Thing): Values | null {
    const answer: Values = {};
    for (const [key, nodes] of this.asked.fields(thing.type, thing.sets)) {
      const value = this.field(thing, key, nodes);
      if (value === bubble) return null;
      if (value !== undefined) answer[key] = value;
    }
    if (this.faultAt(thing.identity, 'keys') === 'extraKeys') {
      this.world.onFault('extraKeys');
      this.evil = true;
      Object.assign(answer, { [evilKey]: { __typename: 'Evil', id: 'evil', polluted: true }, constructor: { prototype: { polluted: true } }, unasked: 1 });
    }
    return answer;
  }

  private field(owner: Thing, key: string, nodes: readonly FieldNode[]): unknown {
    const [node] = nodes;
    const { identity, type: parent } = owner;
    if (!node) return undefined;
    const name = node.name.value;
    if (name === '__typename') {
      if (key !== name || owner.path.length === 0 || this.faultAt(identity, 'typename') !== 'wrongTypename') return parent.name;
      this.world.onFault('wrongTypename');
      return pickBy(identity, ['Nonsense', 'Ghost', parent.name, 'Query', 'Book', 'Media', 'Kind']);
    }
    const type = parent.getFields()[name]?.type;
    if (!type) return undefined;
    const hash = mix(identity, name, this.asked.argumentsOf(node));
    return this.complete({ type, name, hash, nodes, path: [...owner.path, key], owner, fault: this.faultAt(identity, key) });
  }

  private complete(place: Place): unknown {
    const { fault, type } = place;
    if (fault && this.goesWrong(place, fault)) {
      const value = this.wrongValue(place, fault);
      return value === null ? this.nullFor(place) : value;
    }
    if (isNonNullType(type)) {
      const value = this.complete({ ...place, type: type.ofType, fault: null });
      return value === null ? this.nullFor(place) : value;
    }
    if (isListType(type)) return this.elements(place, type.ofType);
    if (isLeafType(type)) return leafValue(type, place.name, place.hash, this.entities.isKey(place.name) ? place.owner.number : null);
    return this.below(place, type);
  }

  /** @returns whether the fault changes the value */
  private goesWrong({ hash, name, owner: { about }, path, type }: Place, fault: PlaceFault): boolean {
    const leaf = isLeafType(getNamedType(type));
    const list = isListType(isNonNullType(type) ? type.ofType : type);
    if (fault === 'wrongTypename' || fault === 'extraKeys' || (fault === 'wrongLeaf' && (!leaf || list)) || (fault === 'wrongKind' && leaf && !list)) return false;
    this.world.onFault(fault);
    if (fault === 'nullWithError' || fault === 'valueWithError') this.errors.push(errorOf(`${this.service}.${name} fails${about && ` for ${about}`}`, hash, path));
    return fault !== 'valueWithError';
  }

  private wrongValue({ hash, type }: Place, fault: PlaceFault): unknown {
    const named = getNamedType(type);
    if (fault === 'missing') return undefined;
    if (fault === 'wrongKind') return pickBy(hash, ['a text', 7, { unasked: 1 }, [[1]], [], {}, false]);
    return fault === 'wrongLeaf' && isLeafType(named) ? wrongLeaf(named, hash) : null;
  }

  private nullFor({ path, type }: Place): unknown {
    if (!isNonNullType(type) || manners[this.world.manner].rude) return null;
    this.errors.push(errorOf(`${this.service} has no value`, 1, path));
    return bubble;
  }

  private elements(place: Place, of: GraphQLOutputType): unknown {
    const list: unknown[] = [];
    for (let i = 0; i < (place.hash >>> 5) % 4; i++) {
      const hash = mix(place.hash, i);
      const fault = this.faultAt(hash);
      const value = this.complete({ ...place, type: of, hash, path: [...place.path, i], fault: fault === 'missing' ? null : fault });
      if (value === bubble) return null;
      list.push(value);
    }
    return list;
  }

  private below({ hash, nodes, owner: { about }, path }: Place, declared: GraphQLCompositeType): Values | null {
    const type = isAbstractType(declared) ? pickBy(mix(hash, 'type'), this.schema.getPossibleTypes(declared)) : declared;
    const number = this.entities.numberOf(type.name, hash);
    const identity = this.entities.isEntity(type.name) ? mix(this.world.seed, type.name, number) : hash;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return this.object({ type, number, identity, sets, path, about });
  }

  private faultAt(...place: readonly (number | string)[]): PlaceFault | null {
    return placeFault(manners[this.world.manner], this.world.seed, this.service, ...place);
  }
}

function errorOf(message: string, hash: number, path?: Path): GraphQLError {
  const extensions = pickBy(hash, [{}, { code: 'CONFLICT', state: 'FILED' }, { code: 'INTERNAL_SERVER_ERROR' }, { code: 'INVALID_GRAPHQL' }, { hint: 1 }]);
  return new GraphQLError(hash % 50 === 0 ? '' : message, { ...(path ? { path: [...path] } : {}), extensions });
}
