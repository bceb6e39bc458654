export { yaml } from './yaml.js';
