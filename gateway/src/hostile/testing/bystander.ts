import { setTimeout as sleep } from 'node:timers/promises';
import { agencies, type TestHub } from '../../testing/test-hub';

export interface Bystander {
  /** Ends it; throws when an answer was not the one there is. */
  stop(): Promise<number>;
}

const query = 'query Bystander($id: ID!) { case(id: $id) { no firm { name rank } } }';
const answer = JSON.stringify({ data: { case: { no: 'A-1', firm: { name: 'firm U1', rank: 'low' } } } });

export interface BystanderOptions {
  /**
   * Asks once more on a new connection when an old one was closed under him before any answer came, as every client has to that keeps its connections (RFC 9112, 9.3.1).
   * For tests in which idle connections may be closed for others.
   */
  readonly asksAgain?: boolean;
}

/** An officer of an agency who has nothing to do with it all, and asks the same simple thing again and again. */
export async function bystander(hub: TestHub, { asksAgain = false }: BystanderOptions = {}): Promise<Bystander> {
  const token = await hub.token(agencies.police, { officerId: 'PSB-210000-7' });
  const wrong: string[] = [];
  let asked = 0;
  let over = false;
  const asking = (async () => {
    while (!over) {
      const ask = () => hub.post(query, { token, variables: { id: '1' } });
      const { body, status } = await ask().catch((error: unknown) => {
        if (asksAgain) return ask();
        throw error;
      }).catch((error: unknown) => ({ status: 0, body: { error: String(error) } }));
      asked += 1;
      if (status !== 200 || JSON.stringify(body) !== answer) wrong.push(`${status} ${JSON.stringify(body)}`);
      await sleep(10);
    }
  })();
  return {
    stop: async () => {
      over = true;
      await asking;
      if (wrong.length > 0) throw new Error(`${wrong.length} of ${asked} answers to somebody else were wrong: ${wrong[0]}`);
      return asked;
    },
  };
}

/** Lines of the log that tell of a bug: nothing that a client sends may cause one. */
export const bugsIn = (hub: TestHub): string[] => hub.lines.filter((line) => /"level":(50|60|"error"|"fatal")/.test(line));
