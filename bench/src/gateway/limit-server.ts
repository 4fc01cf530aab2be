import { answersByHand } from './by-hand';
import { serveJson, start } from './serve';
import { worldHere } from './settings';

/** What is left when everything general is taken away. */
start(() => {
  const answers = answersByHand(worldHere());
  serveJson('limit', (body) => {
    const { operationName, variables } = body as { readonly operationName: string; readonly variables: Readonly<Record<string, unknown>> };
    const answer = answers[operationName];
    if (!answer) throw new RangeError(`${operationName} is not known here`);
    return { data: answer(variables) };
  });
  return Promise.resolve();
});
