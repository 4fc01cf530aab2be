// One store of secrets for the whole platform: the launcher's, since it needs its password before anything else runs.
export { findSecret, loadOrCreateSecret } from '../embedded-postgres/secrets';
