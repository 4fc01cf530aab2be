export { ensureSeed } from './ensure-seed';
