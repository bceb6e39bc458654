import { expect } from 'chai';
import type { ErrorReport } from '@structum/core';
import { reasonLines } from '#internal/plugins/inspect/reason-tree.js';

describe('reasonLines', () => {
  it('tells each cause below what it caused, with what to do', () => {
    const reason: ErrorReport = {
      code: 'OUTER', message: 'outer', hint: 'do this',
      causes: [{ code: 'FIRST', message: 'first', causes: [{ code: 'INNER', message: 'in\u001b[31mner\nline' }] }, { code: 'SECOND', message: 'second' }],
    };
    expect(reasonLines(reason)).to.deep.equal(['outer  [OUTER]', '  -> do this', '  first  [FIRST]', '    in [31mner line  [INNER]', '  second  [SECOND]']);
  });

  it('follows causes however deep they go, and no line is indented for ever', () => {
    let reason: ErrorReport = { code: 'ROOT', message: 'root' };
    for (let depth = 0; depth < 5000; depth += 1) reason = { code: 'LEVEL', message: `level ${String(depth)}`, causes: [reason] };
    const lines = reasonLines(reason);
    expect(lines).to.have.lengthOf(5001);
    expect(lines.at(-1)).to.match(/^ +root {2}\[ROOT\]$/).and.have.lengthOf.below(100);
  });
});
