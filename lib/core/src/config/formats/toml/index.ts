export { toml } from './toml.js';
