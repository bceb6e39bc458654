export { parseToml } from './document.js';
export { editToml } from './edit.js';
