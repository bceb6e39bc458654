import { homedir } from 'node:os';
import { expect } from 'chai';
import { ATTACKS } from '#internal/core/security/proof/attacks.js';
import { attempt } from '#internal/core/security/proof/attempt.js';
import type { Control } from '#internal/core/security/sandbox/index.js';
import { bubblewrapBackend } from '#internal/core/security/sandbox/backends/bubblewrap.js';
import { backendHere, leakyBubblewrap } from '../../../support/confined.js';
import { temporaryFolder } from '../../../support/folder.js';

async function achieved(control: Control, program: string, places: readonly string[] = []): Promise<string | undefined> {
  const attack = ATTACKS.find((each) => each.control === control);
  if (attack === undefined) throw new Error(`Nobody attacks ${control}.`);
  return attempt(attack, { backend: bubblewrapBackend(program), isCheckedByNode: false, places });
}

describe('an attack on what confines', function () {
  this.timeout(20_000);

  before(function () {
    if (backendHere('bubblewrap') === undefined) this.skip();
  });

  it('achieves nothing where it holds', async () => {
    const program = leakyBubblewrap();
    for (const control of ['files', 'file-metadata', 'existence'] as const) expect(await achieved(control, program), control).to.equal(undefined);
  });

  for (const folder of ['/etc', homedir(), '/var']) {
    it(`finds that ${folder === homedir() ? 'the home' : folder} can be read`, async () => {
      const program = leakyBubblewrap('--ro-bind', folder, folder);
      expect(await achieved('files', program)).to.match(/^read /);
      expect(await achieved('existence', program)).not.to.equal(undefined);
    });
  }

  it('finds that folders can be written that are not for temporary files alone', async () => {
    const program = leakyBubblewrap('--bind', '/var', '/var');
    expect(await achieved('file-metadata', program)).not.to.equal(undefined);
  });

  it('finds that a folder of the host can be written', async () => {
    const folder = temporaryFolder('/var/tmp');
    const program = leakyBubblewrap('--bind', folder, folder);
    expect(await achieved('files', program, [folder])).to.equal('read a file that was not granted');
  });
});
