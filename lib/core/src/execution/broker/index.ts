export { brokerFor } from './plugin-broker.js';
export { responseOf } from './response.js';
