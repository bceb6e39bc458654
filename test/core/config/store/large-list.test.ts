import { join } from 'node:path';
import { expect } from 'chai';
import { LayeredConfigStore } from '#internal/core/config/store/index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

describe('what is asked of a configuration', () => {
  it('looks up once which plugins there are, and what each describes, however many settings there are', async () => {
    const global = temporaryFolder();
    const keys = Array.from({ length: 200 }, (_, index) => `    key${String(index)}: { a: 1, b: 2 }\n`);
    writeFiles(global, { 'config.yaml': `plugins:\n  absent:\n${keys.join('')}` });
    let lookups: string[] = [];
    const unavailable = (): Promise<never> => Promise.reject(new Error('is not asked for'));
    const store = new LayeredConfigStore({
      parts: () => ({ sources: { global, cache: join(global, 'cache') }, host: {}, home: undefined, cwd: global, problems: 'warn' }),
      schemas: { names: () => { lookups.push('names'); return ['tree']; }, schemaOf: (plugin) => { lookups.push(plugin); return undefined; } },
      checkReveal: () => undefined, revealed: () => undefined, resolveSecrets: unavailable, brokenRules: unavailable,
    });
    const asked: readonly (() => Promise<unknown>)[] = [
      () => store.list(), () => store.list({ origins: false }), () => store.explain('plugins.absent'), () => store.get('plugins'), () => store.diff(undefined, 'production'), () => store.validate(),
    ];
    for (const ask of asked) {
      lookups = [];
      await ask();
      expect(lookups, String(ask)).to.have.members([...new Set(lookups)]);
    }
  });
});
