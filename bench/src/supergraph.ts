import type { ServiceName } from '@casebridge/contracts';

/**
 * The committed supergraph with the addresses at which the services are now.
 *
 * @throws when a service is not in it
 */
export function withServiceUrls(supergraphSdl: string, urls: ReadonlyMap<ServiceName, string>): string {
  let sdl = supergraphSdl;
  for (const [name, url] of urls) {
    const place = new RegExp(`(@join__graph\\(name: "${name}", url: )"[^"]*"`);
    if (!place.test(sdl)) throw new Error(`the supergraph has no service ${name}`);
    sdl = sdl.replace(place, (_, before: string) => `${before}${JSON.stringify(url)}`);
  }
  return sdl;
}
