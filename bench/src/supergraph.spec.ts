import { withServiceUrls } from './supergraph';

const sdl = `enum join__Graph {
  ADR @join__graph(name: "adr", url: "http://adr")
  CREDIT @join__graph(name: "credit", url: "")
}`;

it('puts the addresses in and leaves the rest alone', () => {
  const changed = withServiceUrls(sdl, new Map([['credit', 'http://127.0.0.1:1/graphql']]));
  expect(changed).toBe(sdl.replace('url: ""', 'url: "http://127.0.0.1:1/graphql"'));
});

it('refuses a supergraph without the service', () => {
  expect(() => withServiceUrls(sdl, new Map([['inspection', 'http://x']]))).toThrow('inspection');
});
