/** The command line with another value each time: `config-set.cjs <bin> <key> <option>…`. */

const [bin, key, ...options] = process.argv.slice(2);
process.argv.splice(2, Infinity, 'config', 'set', key, String(Date.now() % 1_000_000), ...options);
require(bin);
