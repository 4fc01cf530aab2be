import { Kind, parse, valueFromASTUntyped, visit } from 'graphql';
import { pickBy } from './random';

/**
 * Which entities there are, the same in all services: few of each type, numbered, so that one entity turns up in several
 * places. Types that share a keyed interface share the numbers, and each number has one type.
 */
export class Entities {
  /** Fields that are part of some key. */
  private readonly keyNames = new Set<string>();
  private readonly keyed = new Set<string>();
  /** Keyed interfaces with their types. */
  private readonly families = new Map<string, string[]>();

  /** @param sdls - of all services */
  constructor(sdls: Iterable<string>) {
    for (const sdl of sdls) {
      const implemented: [string, string][] = [];
      const enter = (node: { kind: string; name: { value: string }; directives?: readonly unknown[]; interfaces?: readonly { name: { value: string } }[] }): void => {
        const name = node.name.value;
        for (const { name: wanted } of node.interfaces ?? []) implemented.push([wanted.value, name]);
        for (const directive of (node.directives ?? []) as readonly { name: { value: string }; arguments?: readonly { value: never }[] }[]) {
          if (directive.name.value !== 'key') continue;
          this.keyed.add(name);
          for (const key of String(valueFromASTUntyped(directive.arguments?.[0]?.value as never)).match(/\w+/g) ?? []) this.keyNames.add(key);
          if (node.kind === Kind.INTERFACE_TYPE_DEFINITION) this.families.set(name, []);
        }
      };
      visit(parse(sdl, { noLocation: true }), { ObjectTypeDefinition: { enter }, InterfaceTypeDefinition: { enter } });
      for (const [wanted, type] of implemented) {
        const family = this.families.get(wanted);
        if (family && !family.includes(type)) family.push(type);
      }
    }
  }

  isEntity(type: string): boolean {
    return this.keyed.has(type);
  }

  isKey(field: string): boolean {
    return this.keyNames.has(field);
  }

  /** The number of an entity of this type that a place is about. */
  numberOf(type: string, hash: number): number {
    for (const [name, family] of this.families) {
      if (name === type) return hash % (2 * family.length);
      const place = family.indexOf(type);
      if (place >= 0) return place + family.length * (hash % 2);
    }
    return hash % 4;
  }

  /** The object type of a numbered entity of an interface. */
  typeOf(keyedInterface: string, number: number): string | null {
    const family = this.families.get(keyedInterface);
    return family ? pickBy(number, family) : null;
  }

  /** The number that a representation's keys tell; 0 where they tell nothing. */
  numberIn(value: unknown, key = ''): number {
    return this.findNumber(value, key) ?? 0;
  }

  private findNumber(value: unknown, key: string): number | null {
    if (Array.isArray(value)) return null; // no key has a list: it is there for @requires
    if (typeof value === 'object' && value !== null) {
      for (const [name, below] of Object.entries(value)) {
        const number = this.findNumber(below, name);
        if (number !== null) return number;
      }
      return null;
    }
    if (!this.isKey(key)) return null;
    if (typeof value === 'number') return Math.abs(Math.trunc(value)) % 6;
    return typeof value === 'string' && /\d$/.test(value) ? Number(value.at(-1)) % 6 : null;
  }
}
