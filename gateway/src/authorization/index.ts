export { type Authorization, type AuthorizationOptions, Authorizer, withRefusals } from './authorizer';
export { compileFilteredShape, type Selected } from './filtered-shape';
export { hubPolicies, type Policies } from './policies';
export { type PlannerSupergraph, stripSecurity } from './security-features';
