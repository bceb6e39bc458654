import { expect } from 'chai';
import { table } from '#internal/plugins/table.js';

const TITLES = ['NAME', 'VERSION', 'STATE', 'DESCRIPTION'];

describe('table', () => {
  it('makes each column as wide as its widest cell', () => {
    expect(table(TITLES, [['one', '1.0.0', 'active', 'the first']])).to.equal('NAME  VERSION  STATE   DESCRIPTION\none   1.0.0    active  the first\n');
  });

  it('measures what is wide on a terminal as it is shown', () => {
    expect(table(['A', 'B'], [['日本', 'x'], ['e\u0301', 'y']])).to.equal('A     B\n日本  x\ne\u0301     y\n');
    expect(table(['A'], [['日本語日本語']], { columns: 8 })).to.equal('A\n日本語…\n');
  });

  it('cuts lines at the width of the terminal', () => {
    const lines = table(TITLES, [['one', '1.0.0', 'active', 'word '.repeat(40)]], { columns: 40, kept: 3 }).split('\n');
    expect(lines[1]).to.have.lengthOf.at.most(40).and.match(/^one {3}1\.0\.0 {4}active {2}word .*…$/);
  });

  it('cuts no less where there is punctuation beyond ASCII', () => {
    expect(table(['A'], [['…………nnnnn']], { columns: 5 }).split('\n')[1]).to.equal('……………');
  });

  it('shortens the first cells when what must be seen has no room', () => {
    const long = table(TITLES, [['n'.repeat(200), '1.0.0', 'rejected', 'text']], { columns: 80, kept: 3 }).split('\n');
    expect(long[1]).to.have.lengthOf.at.most(80).and.match(/^n+… {2}1\.0\.0 {4}rejected/);
    const both = table(TITLES, [['n'.repeat(200), `1.0.0-${'b'.repeat(200)}`, 'rejected', 'text']], { columns: 80, kept: 3, ellipsis: '...' }).split('\n');
    expect(both[1]).to.have.lengthOf.at.most(80).and.match(/^n+\.\.\. {2}1\.0\.0-b+\.\.\. {2}rejected/);
  });

  it('paints lines, but counts no colour', () => {
    expect(table(['A'], [['one'], ['two']], { columns: 3, paint: (line, row) => (row === 1 ? `\u001b[2m${line}\u001b[22m` : line) })).to.equal('A\none\n\u001b[2mtwo\u001b[22m\n');
  });
});
