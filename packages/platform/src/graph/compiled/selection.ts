import type { FieldNode, GraphQLObjectType } from 'graphql';
import { collect } from './collect';
import type { Select, Selected } from './complete';
import { compileField, type Field } from './field';
import { isPromise, type Path, type Run } from './run';

const select: Select = (run, type, nodes) =>
  new Selection(run, type, collect(run.selecting, type, nodes.map((node) => node.selectionSet)));

type Answer = Record<string, unknown>;
/** An alias may be called so, and on an object with a prototype this is no key. */
const unspeakable = '__proto__';

/** The fields that one object type is asked for. */
export class Selection implements Selected {
  private readonly fields: readonly Field[];
  private readonly bare: boolean;

  constructor(run: Run, type: GraphQLObjectType, collected: Map<string, FieldNode[]>) {
    this.fields = [...collected].flatMap(([key, nodes]) => compileField(run.selecting.schema, type, key, nodes, select) ?? []);
    this.bare = collected.has(unspeakable);
  }

  run(run: Run, source: unknown, path: Path | undefined): Answer | Promise<Answer> {
    const answer = this.create();
    let pending: PromiseLike<void>[] | undefined;
    try {
      for (const field of this.fields) {
        const { key } = field;
        const value = field.run(run, source, path);
        if (isPromise(value)) {
          answer[key] = undefined; // keeps its place in the order
          (pending ??= []).push(value.then((settled) => void (answer[key] = settled)));
        } else answer[key] = value;
      }
    } catch (cause) {
      if (!pending) throw cause;
      // What the other fields promise may fail as well; it has been waited for when this error goes on.
      return Promise.all(pending).then(() => answer).finally(() => {
        throw cause;
      });
    }
    return pending ? Promise.all(pending).then(() => answer) : answer;
  }

  /** One field after the other, for mutations. */
  async runInOrder(run: Run, source: unknown): Promise<Answer> {
    const answer = this.create();
    for (const field of this.fields) answer[field.key] = await field.run(run, source, undefined);
    return answer;
  }

  private create(): Answer {
    return this.bare ? (Object.create(null) as Answer) : {};
  }
}
