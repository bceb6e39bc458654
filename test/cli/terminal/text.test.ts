import { expect } from 'chai';
import { escapeControl, escapeLine } from '#internal/cli/terminal/escape.js';
import { plain, jsonOf } from '#internal/cli/terminal/json.js';
import { progressLine } from '#internal/cli/terminal/progress-bar.js';
import { wantsColor, wantsUnicode } from '#internal/cli/terminal/style.js';
import { textWidth, truncate, wrap } from '#internal/cli/terminal/text.js';

describe('escapeControl', () => {
  it('shows what would steer a terminal, and keeps tabs and line feeds', () => {
    expect(escapeControl('a\u001b[31mb\u0007\r\u009b1m\u202e\tc\nd é 漢 👍')).to.equal('a\\u001b[31mb\\u0007\\u000d\\u009b1m\\u202e\tc\nd é 漢 👍');
  });

  it('can keep to one line', () => {
    expect(escapeLine('a\nb\tc')).to.equal('a\\nb c');
  });
});

describe('wantsColor', () => {
  const terminal = { flag: undefined, isTerminal: true, env: {} };
  it('follows the flag, then FORCE_COLOR, then NO_COLOR, then the terminal', () => {
    expect(wantsColor(terminal)).to.equal(true);
    expect(wantsColor({ ...terminal, isTerminal: false })).to.equal(false);
    expect(wantsColor({ ...terminal, env: { NO_COLOR: '1' } })).to.equal(false);
    expect(wantsColor({ ...terminal, env: { NO_COLOR: '' } })).to.equal(true);
    expect(wantsColor({ ...terminal, env: { NO_COLOR: '1', FORCE_COLOR: '1' }, isTerminal: false })).to.equal(true);
    expect(wantsColor({ ...terminal, env: { FORCE_COLOR: 'false' } })).to.equal(false);
    expect(wantsColor({ flag: false, env: { FORCE_COLOR: '1' }, isTerminal: true })).to.equal(false);
    expect(wantsColor({ flag: true, env: { NO_COLOR: '1' }, isTerminal: false })).to.equal(true);
  });
});

describe('wantsUnicode', () => {
  it('looks at the locale, and on Windows at the terminal', () => {
    expect(wantsUnicode({ LANG: 'de_DE.UTF-8' }, 'linux')).to.equal(true);
    expect(wantsUnicode({ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }, 'linux')).to.equal(false);
    expect(wantsUnicode({ LC_ALL: '', LANG: 'POSIX' }, 'linux')).to.equal(false);
    expect(wantsUnicode({}, 'darwin')).to.equal(true);
    expect(wantsUnicode({ TERM: 'linux', LANG: 'C.UTF-8' }, 'linux')).to.equal(false);
    expect(wantsUnicode({}, 'win32')).to.equal(false);
    expect(wantsUnicode({ WT_SESSION: '1' }, 'win32')).to.equal(true);
  });
});

describe('text on a terminal', () => {
  it('measures columns, not characters', () => {
    expect(textWidth('漢字')).to.equal(4);
    expect(textWidth('\u001b[1mbold\u001b[22m')).to.equal(4);
    expect(truncate('a long line', 6)).to.equal('a lon…');
    expect(truncate('short', 6)).to.equal('short');
  });

  it('breaks lines between words, and long words anywhere', () => {
    expect(wrap('one two three four', 10)).to.deep.equal(['one two', 'three four']);
    expect(wrap('abcdefghijklmnop', 10)).to.deep.equal(['abcdefghij', 'klmnop']);
  });
});

describe('progressLine', () => {
  it('shows message, bar, share and count', () => {
    expect(progressLine({ message: 'reading', completed: 1160, total: 2000, unit: 'files' }, 79, true))
      .to.equal(`reading  ${'█'.repeat(17)}${'░'.repeat(13)}   58 %  1,160 / 2,000 files`);
    expect(progressLine({ message: 'reading', completed: 5, total: 10 }, 79, false)).to.equal(`reading  ${'#'.repeat(15)}${'-'.repeat(15)}   50 %  5 / 10`);
  });

  it('does without what is not known', () => {
    expect(progressLine({ message: 'waiting' }, 79, true)).to.equal('waiting');
    expect(progressLine({ completed: 3, unit: 'files' }, 79, true)).to.equal('3 files');
    expect(progressLine({ completed: 0, total: 0 }, 79, true)).to.equal('0 / 0');
  });

  it('never exceeds the width', () => {
    for (let width = 5; width < 100; width += 1) {
      const line = progressLine({ message: 'a rather long message 漢字', completed: 1, total: 3, unit: 'files' }, width, true);
      expect(textWidth(line)).to.be.at.most(width);
    }
  });
});

describe('JSON of results', () => {
  it('is indented for people only', () => {
    expect(jsonOf({ a: [1] }, true)).to.equal('{\n  "a": [\n    1\n  ]\n}');
    expect(jsonOf({ a: [1] }, false)).to.equal('{"a":[1]}');
    expect(jsonOf(undefined, true)).to.equal(undefined);
  });

  it('survives circles, errors and keys like __proto__', () => {
    const circle: Record<string, unknown> = { name: 'x' };
    circle.self = circle;
    expect(plain(circle)).to.deep.equal({ name: 'x', self: '[circular]' });
    expect(plain(new Error('outer', { cause: new Error('inner') }))).to.deep.equal({ message: 'outer', cause: { message: 'inner' } });
    expect(jsonOf(JSON.parse('{"__proto__":1}'), false)).to.equal('{"__proto__":1}');
  });
});
