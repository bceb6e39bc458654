export { brokerFor } from './plugin-broker.js';
