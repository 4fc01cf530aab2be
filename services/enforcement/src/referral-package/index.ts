export { madeFiles } from './referral-package';
export { type Finding, verifyPackage } from './verify-package';
