import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { agencies, type Form, startTestHub, type TestHub } from './testing/test-hub';

const forms: Form[] = ['in process', 'over HTTP'];
const limit = 50 * 1024 * 1024;

describe.each(forms)('files through the gateway, service %s', (form) => {
  let hub: TestHub;
  let token: string;
  beforeAll(async () => {
    hub = await startTestHub(form);
    token = await hub.token(agencies.drug);
  });
  afterAll(() => hub.stop());

  const upload = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
    fetch(`${hub.gateway.url}/files`, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, ...headers } });
  const codeOf = async (response: Response) => ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code;

  it('takes a body of 3 MB and gives the same bytes back', async () => {
    const bytes = randomBytes(3 * 1024 * 1024);
    const response = await upload(bytes, { 'content-type': 'application/pdf' });
    expect(response.status).toBe(201);
    const stored = (await response.json()) as { id: string };
    expect(stored).toEqual({ id: expect.any(String), sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, mediaType: 'text/plain' });
    const back = await fetch(`${hub.gateway.url}/files/${stored.id}`, { headers: { authorization: `Bearer ${token}` } });
    expect(back.status).toBe(200);
    expect(back.headers.get('content-disposition')).toContain('attachment');
    expect(back.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('takes the first file of a form', async () => {
    const form = new FormData();
    form.append('title', 'letter');
    form.append('file', new Blob(['of the transfer']), 'C:\\letter.txt');
    const response = await upload(form);
    expect([response.status, await response.json()]).toMatchObject([201, { size: 15 }]);
    const empty = new FormData();
    empty.append('title', 'letter');
    const none = await upload(empty);
    expect([none.status, await codeOf(none)]).toEqual([400, 'BAD_REQUEST']);
    const broken = await upload('--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nhalf', { 'content-type': 'multipart/form-data; boundary=x' });
    expect([broken.status, await codeOf(broken)]).toEqual([400, 'UPLOAD_INTERRUPTED']);
    expect((await upload('x', { 'content-type': 'multipart/form-data' })).status).toBe(400);
  });

  it('needs a token to store, and answers absent and forbidden alike', async () => {
    const anonymous = await fetch(`${hub.gateway.url}/files`, { method: 'POST', body: 'x' });
    expect([anonymous.status, anonymous.headers.get('www-authenticate'), await codeOf(anonymous)]).toEqual([401, 'Bearer realm="casebridge"', 'TOKEN_REQUIRED']);
    const stored = (await (await upload('secret')).json()) as { id: string };
    const answers = await Promise.all(
      [stored.id, '01a2008d-5c61-70dd-88e1-b7be40f13b16', '..%2f..%2fetc%2fpasswd', ''].map(async (id) => {
        const response = await fetch(`${hub.gateway.url}/files/${id}`);
        return [response.status, await response.json()];
      }),
    );
    const absent = [404, { errors: [{ message: 'File not found', extensions: { code: 'NOT_FOUND', kind: 'NOT_FOUND' } }] }];
    expect(answers).toEqual([absent, absent, absent, absent]);
    expect((await fetch(`${hub.gateway.url}/files`)).status).toBe(405);
  });

  it('gives what is made on request, and never a broken one as a whole', async () => {
    const get = (path: string, authorization = `Bearer ${token}`) => fetch(`${hub.gateway.url}/files/${path}`, { headers: { authorization } });
    const made = await get('lists/all.txt');
    expect([made.status, made.headers.get('content-type'), made.headers.get('content-disposition'), made.headers.get('cache-control'), made.headers.get('content-length')])
      .toEqual([200, 'text/plain', 'attachment; filename="all.txt"', 'no-store', null]);
    expect((await made.arrayBuffer()).byteLength).toBe(100_000);
    const broken = await get('lists/broken.txt');
    await expect(broken.arrayBuffer()).rejects.toThrow();
    for (const path of ['nothing/all.txt', 'lists//all.txt', 'lists/%2e%2e/x', 'LISTS/all.txt', `lists/${'a'.repeat(300)}`]) expect((await get(path)).status).toBe(404);
    expect((await fetch(`${hub.gateway.url}/files/lists/all.txt`)).status).toBe(404);
  });

  it('refuses a file beyond 50 MB, whether its length is declared or not', async () => {
    const big = Buffer.alloc(limit + 1, 120);
    const declared = await upload(big);
    expect([declared.status, await codeOf(declared)]).toEqual([413, 'FILE_TOO_LARGE']);
    expect(await streamed(`${hub.gateway.url}/files`, token, big, 'application/octet-stream')).toBe(413);
    const form = Buffer.concat([Buffer.from('--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n'), big, Buffer.from('\r\n--x--\r\n')]);
    expect(await streamed(`${hub.gateway.url}/files`, token, form, 'multipart/form-data; boundary=x')).toBe(413);
    expect(await streamed(`${hub.gateway.url}/files`, token, big.subarray(0, limit), 'application/octet-stream')).toBe(201);
  }, 30_000);
});

it('says 503 when the service of the files is not there', async () => {
  const hub = await startTestHub('over HTTP');
  const authorization = `Bearer ${await hub.token(agencies.drug)}`;
  await hub.served('enforcement').stop();
  const stored = await fetch(`${hub.gateway.url}/files`, { method: 'POST', body: 'x', headers: { authorization } });
  const opened = await fetch(`${hub.gateway.url}/files/01a2008d-5c61-70dd-88e1-b7be40f13b16`, { headers: { authorization } });
  const unavailable = { errors: [{ message: 'enforcement is unavailable', extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'enforcement' } }] };
  expect([stored.status, await stored.json()]).toEqual([503, unavailable]);
  expect([opened.status, await opened.json()]).toEqual([503, unavailable]);
  await hub.stop();
});

/** Sends without a content-length; resolves with the status. */
const streamed = (url: string, token: string, body: Buffer, type: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers: { 'content-type': type, authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    const send = (at: number): void => {
      if (at >= body.length) return void request.end();
      request.write(body.subarray(at, at + 1024 * 1024), () => send(at + 1024 * 1024));
    };
    send(0);
  });
