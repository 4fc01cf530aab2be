import { demoAgencies } from '@casebridge/contracts';
import { type OfficerRole, type Principal } from '@casebridge/kernel';
import { officer, publicReader } from '@casebridge/testkit';
import type { HubClient } from '../client';
import type { Stack } from '../stack';
import { type Facts, type ModelReader, Rights } from './model';

/** One reader in all three worlds: the model's, the wire's, and the services' own. */
export interface Reader {
  readonly label: string;
  readonly model: ModelReader;
  readonly client: HubClient;
  readonly principal: Principal;
  /** Whether his lists are paged to the end; for the others the first page and the total stand for it. */
  readonly whole: boolean;
}

type Roles = readonly OfficerRole[];

/** The head, an officer, one who is excluded here and there, an auditor and an analyst of every agency, some odd ones, and the public. */
export async function allReaders(stack: Stack): Promise<readonly Reader[]> {
  const make = async (code: string, number: number, roles: Roles, whole: boolean): Promise<Reader> => ({
    label: `${code}-${number} (${roles.join(', ')})`, model: { kind: 'agency', agency: code, officerId: `${code}-${number}`, roles },
    client: await stack.as(code, number, { roles }), principal: officer(code, number, { roles }), whole,
  });
  const wanted: [string, number, Roles, boolean][] = demoAgencies.flatMap(({ code }): [string, number, Roles, boolean][] => [
    [code, 1, ['officer', 'head'], false], [code, 2, ['officer'], true], [code, 3, ['officer'], ['MRA-210100', 'DRA-210000', 'PSB-210100', 'PPO-210100'].includes(code)], [code, 4, ['auditor'], false], [code, 5, ['analyst'], false],
  ]);
  wanted.push(
    ['MRA-210100', 4, ['officer'], true], // named by the seals
    ['MRA-210100', 2, ['head'], false], // a head whom they do not name
    ['MRA-210100', 5, ['auditor'], true], ['MRA-210100', 5, ['system'], false], ['PSB-210100', 5, ['reviewer'], false], ['PSB-210100', 3, ['reviewer', 'auditor'], false],
    ['PPO-210100', 2, ['auditor', 'analyst'], false], ['PPO-210000', 2, ['auditor', 'officer'], false],
  );
  return [
    { label: 'the public', model: { kind: 'public' }, client: stack.anonymous, principal: publicReader, whole: true },
    ...(await Promise.all(wanted.map((w) => make(...w)))),
  ];
}

/** What the model says of every reader, made once each. */
export function rightsOf(facts: Facts): (reader: Reader) => Rights {
  const known = new Map<Reader, Rights>();
  return (reader) => {
    const rights = known.get(reader) ?? new Rights(facts, reader.model);
    known.set(reader, rights);
    return rights;
  };
}

/** Runs over all readers, a few at a time, and gives what each found to disagree with. */
export async function overReaders(readers: readonly Reader[], ask: (reader: Reader, disagree: (what: string, detail: unknown) => void) => Promise<void>): Promise<string[]> {
  const found: string[] = [];
  const queue = [...readers];
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const reader = next;
      await ask(reader, (what, detail) => void found.push(`${reader.label}: ${what}: ${JSON.stringify(detail)}`));
    }
  }));
  return found.sort();
}
