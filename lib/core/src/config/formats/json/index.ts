export { parseJson } from './document.js';
export { editJson } from './edit.js';
