/** Twenty letters and digits that nobody has had before. `node:crypto` would cost every start its loading. */
export function uniqueName(): string {
  count += 1;
  const random = Math.floor(Math.random() * 36 ** 6);
  return [process.pid, Date.now(), count, random].map((part) => part.toString(36).slice(-WIDTH).padStart(WIDTH, '0')).join('');
}

let count = 0;
const WIDTH = 5;
