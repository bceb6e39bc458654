import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation } from '../../../support/cli-installation.js';
import { writePackage } from '../../../support/plugin-package.js';

describe('structum plugins graph', () => {
  let cli: CliInstallation;

  before(() => {
    cli = new CliInstallation().link('plugins');
    const add = (name: string, more: Parameters<typeof writePackage>[2]): void => {
      writePackage(join(cli.folder, `node_modules/structum-plugin-${name.replace('/', '-')}`), `structum-plugin-${name.replace('/', '-')}`, { commands: [], ...more, name });
    };
    add('base', { provides: ['acme.search'] });
    add('team/middle', { requires: { base: '^1.0.0' } });
    add('top', { requires: { 'team/middle': '*' }, optional: { base: '*', absent: '^3.0.0' } });
    add('broken', { requires: { gone: '^2.0.0' } });
    add('seeker', { requiresServices: ['acme.search', 'acme.other'] });
    add('ring', { requires: { loop: '*' } });
    add('loop', { requires: { ring: '*' } });
  });

  const run = (...args: string[]) => cli.run(['plugins', 'graph', ...args]);

  it('shows all plugins as trees, with what is missing and what cannot be used', async () => {
    expect(await run()).to.deep.equal({ code: 0, signal: null, stderr: '', stdout: [
      'broken 1.0.0 [rejected]',
      '└─ gone [missing] (^2.0.0)',
      'plugins 2.0.0',
      'seeker 1.0.0 [rejected]',
      '├─ base 1.0.0 (service acme.search)',
      '└─ service:acme.other [missing] (service acme.other)',
      'top 1.0.0',
      '├─ absent [missing] (^3.0.0, optional)',
      '├─ base 1.0.0 (*, optional)',
      '└─ team/middle 1.0.0 (*)',
      '   └─ base 1.0.0 (^1.0.0)',
      'loop 1.0.0 [rejected]',
      '└─ ring 1.0.0 [rejected] (*)',
      '   └─ loop 1.0.0 [rejected] (*) (see above)',
      '',
    ].join('\n') });
  });

  it('begins with the plugins that are named, and goes the way and as far as is asked for', async () => {
    expect((await run('base', '--direction', 'dependents', '--depth', '1')).stdout).to.equal(
      'base 1.0.0\n├─ seeker 1.0.0 [rejected] (service acme.search)\n├─ team/middle 1.0.0 (^1.0.0)\n└─ top 1.0.0 (*, optional)\n');
    expect((await run('team/middle', '--direction', 'both')).stdout).to.equal(
      'What they need\nteam/middle 1.0.0\n└─ base 1.0.0 (^1.0.0)\n\nWho needs them\nteam/middle 1.0.0\n└─ top 1.0.0 (*)\n');
    expect((await run('gone', '--direction', 'dependents')).stdout).to.equal('gone [missing]\n└─ broken 1.0.0 [rejected] (^2.0.0)\n');
  });

  it('gives nodes and edges as data, the same in every run', async () => {
    const first = await run('top', '--json');
    expect(JSON.parse(first.stdout)).to.deep.equal({
      nodes: [
        { id: 'absent', state: 'missing' },
        { id: 'base', version: '1.0.0', state: 'resolved' },
        { id: 'team/middle', version: '1.0.0', state: 'resolved' },
        { id: 'top', version: '1.0.0', state: 'resolved' },
      ],
      edges: [
        { from: 'team/middle', to: 'base', range: '^1.0.0', optional: false },
        { from: 'top', to: 'absent', range: '^3.0.0', optional: true },
        { from: 'top', to: 'base', range: '*', optional: true },
        { from: 'top', to: 'team/middle', range: '*', optional: false },
      ],
    });
    expect((await run('top', '--json')).stdout).to.equal(first.stdout);
  });

  it('writes Mermaid and DOT', async () => {
    expect((await run('team/middle', '--format', 'mermaid')).stdout).to.contain('flowchart LR\n  n0["base<br>1.0.0"]\n  n1["team/middle<br>1.0.0"]\n  n1 -->|"^1.0.0"| n0\n');
    expect((await run('team/middle', '--format', 'dot')).stdout).to.match(/^digraph plugins \{\n/).and.contain('  "team/middle" -> "base" [label="^1.0.0"];\n');
  });

  it('guesses what an unknown name was meant to be', async () => {
    const { code, stderr } = await run('bse');
    expect(code).to.equal(2);
    expect(stderr).to.contain('Did you mean "base"?');
  });
});
