/** npm's own library of versions and ranges, as far as it is needed: a file of its own, for most hosts do without. */
export { default as satisfies } from 'semver/functions/satisfies.js';
export { default as validRange } from 'semver/ranges/valid.js';
export { default as outside } from 'semver/ranges/outside.js';
