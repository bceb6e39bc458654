import { Structum } from '@structum/core';
import CompletionPlugin from '@structum/plugin-completion';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

describe('the command completion', () => {
  let structum: Structum;
  before(async () => { structum = await Structum.create({ plugins: [CompletionPlugin] }); });
  after(() => structum.dispose());

  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    it(`gives a script for ${shell}, for the program that it is asked for`, async () => {
      const result = await structum.run('completion', { shell, program: 'acme-tool' });
      expect(result).to.include({ shell, program: 'acme-tool' });
      expect(result.script).to.include('command acme-tool __complete').and.not.include('structum').and.not.include('{{');
    });
  }

  it('refuses shells that it does not know, and names that a shell would not take as one word', async () => {
    await failure('INPUT_INVALID', structum.run('completion', { shell: 'tcsh' as 'bash' }));
    await failure('INPUT_INVALID', structum.run('completion', { shell: 'bash', program: 'a; rm -r b' }));
  });
});
