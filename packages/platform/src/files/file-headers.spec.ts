import { fileHeaders } from './file-headers';

const stored = { id: '0198c0de-0000-7000-8000-000000000001', sha256: 'ab'.repeat(32), size: 12, mediaType: 'application/pdf' };

it('sends every file to be saved and never to be shown or run', () => {
  for (const mediaType of ['application/pdf', 'text/html', 'image/svg+xml', 'text/plain', 'application/x-msdownload', 'made/up']) {
    expect(fileHeaders({ ...stored, mediaType })).toMatchObject({
      'content-length': '12',
      'content-disposition': expect.stringMatching(/^attachment; filename="0198c0de-0000-7000-8000-000000000001\.[a-z]+"$/),
      'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  }
});

it('gives no type to what a browser might run', () => {
  for (const mediaType of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'application/xml', 'text/x-php', 'text/x-script']) {
    expect(fileHeaders({ ...stored, mediaType })).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': expect.stringContaining('.bin"') });
  }
  expect(fileHeaders(stored)).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': expect.stringContaining('.pdf"') });
  expect(fileHeaders({ ...stored, mediaType: 'text/plain' })['content-type']).toBe('text/plain; charset=utf-8');
});

it('carries the digest of the bytes', () => {
  expect(fileHeaders(stored)['repr-digest']).toBe(`sha-256=:${Buffer.from('ab'.repeat(32), 'hex').toString('base64')}:`);
});
