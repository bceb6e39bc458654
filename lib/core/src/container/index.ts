export { checkInjection, type InjectionPlan } from './check.js';
export { Container } from './container.js';
