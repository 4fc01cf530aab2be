import { ask, carriers } from '../testing/carriers';
import { agencies, startTestHub } from '../testing/test-hub';
import { DocumentsUnderWay } from './under-way';

it('spares the library reading what the door has read, whatever carries it, and keeps nothing afterwards', async () => {
  const read = jest.spyOn(DocumentsUnderWay.prototype, 'set');
  const begun = jest.spyOn(DocumentsUnderWay.prototype, 'begin');
  const hub = await startTestHub('in process');
  try {
    const token = await hub.token(agencies.drug);
    for (const carrier of carriers) {
      expect((await ask(hub, carrier, { query: `query Q { cases { no } } # ${carrier}` }, { token })).body).toEqual({ data: { cases: [{ no: 'A-1' }, { no: 'A-2' }, { no: 'A-3' }] } });
    }
    await hub.post('{ cases { no } __type(name: "Case") { name } }'); // what is left of it runs; it is one document all the same
    await hub.post('{ cases { no } }', { path: '/public/graphql' });
    expect(begun).toHaveBeenCalledTimes(carriers.length + 2);
    expect(read).not.toHaveBeenCalled();
    expect(begun.mock.contexts.map((held) => (held as unknown as DocumentsUnderWay).size)).toEqual(begun.mock.calls.map(() => 0));
  } finally {
    await hub.stop();
  }
});
