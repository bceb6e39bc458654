import { expect } from 'chai';
import { either, fails, gives, limited, whatever, type Subject } from '../attempt.js';

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** None of what it wrote moves the cursor, or is a line that it did not write. */
function isTame({ stdout, stderr }: Printed): void {
  for (const text of [stdout, stderr]) {
    expect([...text].filter((character) => character < ' ' && character !== '\n' && character !== '\t' || character === '\u009b')).to.deep.equal([]);
    expect(text).not.to.match(/^forged/m);
  }
}

/** What it says to people. */
export const OUTPUT: Subject = {
  name: 'output',
  attempts: [
    { what: 'write log lines that are others', code: `context.logger.warn('x\\nforged line\\r\\u001b[2J\\u001b]0;title\\u0007\\u009b31m', { field: 'a\\nforged field\\u001b[1m' }); return 'said';`, outcome: gives('said'), only: 'cli', printed: isTame },
    { what: 'log under names that are others', code: `context.logger.warn('x', { ['a\\nforged name\\u001b[1m']: 1 }); return 'said';`, outcome: gives('said'), only: 'cli', printed: isTame },
    { what: 'throw texts that are others', code: `throw new Error('x\\nforged: line\\u001b[2J');`, outcome: fails('COMMAND_FAILED'), only: 'cli', printed: isTame },
    { what: 'throw codes that are others', code: `throw new StructumError({ code: 'A\\nforged\\u001b[2J', message: 'x\\nforged\\u001b[2J', hint: 'y\\nforged\\u001b[2J' });`, outcome: whatever, only: 'cli', printed: isTame },
    { what: 'warn with texts that are others', code: `sendAll(frame({ kind: 'notice', method: 'warn', data: { level: 'warn', error: { type: 'structum-error', name: 'StructumError', code: 'X\\nforged\\u001b[2J', message: 'x\\nforged: line\\u001b[2J', hint: 'y\\nforged\\u001b[2J', causes: [] } } })); return 'warned';`, outcome: gives('warned'), only: 'cli', printed: isTame },
    { what: 'report progress that is something else', code: `context.progress.report({ message: 'x\\nforged\\u001b[2J', completed: 1, total: 2, unit: '\\u001b[2J' }); return 'said';`, outcome: gives('said'), only: 'cli', printed: isTame },
    { what: 'flood the standard output', code: `const line = 'x'.repeat(999) + '\\n'; for (let i = 0; i < 20000; i += 1) fs.writeSync(1, line); return 'flooded';`, outcome: either(gives('flooded'), whatever), only: 'cli' },
    { what: 'flood the standard error', code: `const line = 'x'.repeat(999) + '\\n'; for (let i = 0; i < 20000; i += 1) fs.writeSync(2, line); return 'flooded';`, outcome: either(gives('flooded'), whatever), only: 'cli' },
    { what: 'flood the standard output without an end', code: `const line = 'x'.repeat(999) + '\\n'; for (;;) fs.writeSync(1, line);`, outcome: limited('wallTime'), only: 'cli', hurried: true },
    { what: 'flood with warnings', code: `for (let i = 0; i < 3000; i += 1) process.emitWarning('w' + i); return 'warned';`, outcome: gives('warned'), only: 'cli' },
    { what: 'claim to be out of memory', code: `fs.writeSync(2, 'FATAL ERROR: heap out of memory\\n'); return 'claimed';`, outcome: gives('claimed') },
  ],
};
