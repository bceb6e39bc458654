import { expect } from 'chai';
import type { PluginInfo } from '#internal/plugins/inspect/info-command.js';
import { renderInfo } from '#internal/plugins/inspect/render-info.js';
import { manifestOf } from '../../../support/plugin-package.js';

describe('renderInfo', () => {
  const text = async (more: Partial<PluginInfo>): Promise<string> => {
    const lines: string[] = [];
    const line = (written = ''): void => { lines.push(written); };
    const manifest = manifestOf('greet', { commands: [] });
    await renderInfo({
      name: 'greet', version: '1.0.0', description: 'Greets', category: 'utility', manifest, source: { kind: 'given', label: 'Greet' }, tier: 'host', state: 'active',
      timings: {}, owned: [], running: 0, generation: 1, dependencies: [], dependents: [], paths: {}, aliases: {}, shadowed: [], ...more,
    }, { write: () => undefined, line, isAvailable: true, isTerminal: false, columns: undefined, color: false, unicode: true });
    return lines.join('\n');
  };

  it('tells what a plugin owns, runs and how it is', async () => {
    expect(await text({ owned: ['timer\u001b[2J', 'socket'], running: 2, generation: 3, timings: { load: 1.25, activate: 20 }, health: { status: 'DOWN', reason: 'no\nanswer' } }))
      .to.match(/^Loaded in: +1\.[23] ms$/m).and.match(/^Active in: +20\.0 ms$/m).and.match(/^Generation: +3$/m).and.match(/^Running: +2$/m)
      .and.match(/^Health: +DOWN: no answer$/m).and.match(/^Owned resources\n {2}timer \[2J\n {2}socket$/m);
  });

  it('tells why one failed', async () => {
    const reason = { code: 'PLUGIN_ACTIVATE_FAILED', message: 'It broke.', hint: 'Mend it.', causes: [{ code: 'ENOENT', message: 'no such file' }] };
    expect(await text({ state: 'failed', reason })).to.match(/^State: +failed$/m)
      .and.contain('Why it cannot be used\n  It broke.  [PLUGIN_ACTIVATE_FAILED]\n    -> Mend it.\n    no such file  [ENOENT]');
  });

  it('leaves out what is empty', async () => {
    expect(await text({})).to.not.match(/Owned|Needs|Commands|Aliases|Hidden|Manifest|Why|Health/);
  });
});
