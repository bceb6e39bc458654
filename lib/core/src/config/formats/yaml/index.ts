export { parseYaml } from './document.js';
export { editYaml } from './edit.js';
