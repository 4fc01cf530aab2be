import { serverAudits } from 'graphql-http';
import { startTestHub, type TestHub } from '../testing/test-hub';

/** GraphQL over HTTP: what a server MUST, SHOULD and MAY do. */
const audits = serverAudits({ url: 'http://unused' });

describe.each(['/graphql', '/public/graphql'])('GraphQL over HTTP at %s', (path) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub('in process');
  });
  afterAll(() => hub.stop());

  it('is audited by the whole suite', () => expect(audits.length).toBeGreaterThan(50));

  it.each(audits.map(({ id, name }) => [id, name] as const))('%s %s', async (id) => {
    const audit = serverAudits({ url: `${hub.gateway.url}${path}` }).find((one) => one.id === id)!;
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
  });
});
