export { ensureSeed, type SeedOptions, SeedRefused, worldVersion } from './ensure-seed';
