import { noBias, uint8Array, assert as holds, asyncProperty } from 'fast-check';
import { compare, Disagreement } from './compare';
import { Coverage } from './coverage';
import { listedDifferences } from './differences';
import { mannerNames } from './faults';
import { hubGraph, nastyGraph, type TestGraph } from './graphs';
import { OperationWriter } from './operations';
import { mix, Tape } from './random';
import { ready, runCompiled, runStock } from './run';

const seed = 20_261_122;
const coverage = new Coverage();

/** Runs one operation in all manners: the two executors have to agree, but for what is listed. */
async function agree(graph: TestGraph, bytes: Uint8Array, depth: number): Promise<void> {
  const generated = new OperationWriter(graph.facts, new Tape(bytes), depth).write();
  const prepared = ready(graph, generated);
  if ('refused' in prepared) return coverage.refused(prepared);
  coverage.operation(prepared);
  for (const [i, manner] of mannerNames.entries()) {
    const variables = generated.variables[i % generated.variables.length] ?? {};
    const world = { seed: mix(generated.text, manner), manner, onFault: coverage.fault };
    graph.enter(world);
    const stock = await runStock(graph, prepared, variables);
    const compiled = await runCompiled(prepared, prepared.compiled, variables);
    const shared = await runCompiled(prepared, prepared.compiledForShared, variables);
    try {
      coverage.run(compare({ ready: prepared, manner, stock, compiled }));
      if (JSON.stringify(shared.result) !== JSON.stringify(compiled.result)) throw new Disagreement('another answer from shared data');
    } catch (error) {
      if (!(error instanceof Disagreement)) throw error;
      throw new Error([error.message, manner, generated.text, JSON.stringify(variables), stock instanceof Error ? stock.stack : JSON.stringify(stock), JSON.stringify(compiled.result)].join('\n'));
    }
  }
}

// The errors of broken services are many, and nobody reads where in the test they were made.
const { stackTraceLimit } = Error;
beforeAll(() => void (Error.stackTraceLimit = 0));
afterAll(() => void (Error.stackTraceLimit = stackTraceLimit));

describe('The compiled executor answers as the stock executor', () => {
  it.each([
    { name: 'this hub', graphOf: hubGraph, depth: 7, numRuns: 800 },
    { name: 'a nasty graph', graphOf: nastyGraph, depth: 4, numRuns: 650 },
  ])('over $name', async ({ depth, graphOf, numRuns }) => {
    const graph = graphOf();
    const bytes = noBias(uint8Array({ minLength: 60, maxLength: 400, size: 'max' }));
    await holds(asyncProperty(bytes, (tape) => agree(graph, tape, depth)), { numRuns, seed, endOnFailure: true });
  }, 120_000);

  it('in all that the operations were to try', () => {
    expect(coverage.gaps(Object.keys(listedDifferences))).toEqual([]);
  });
});
