import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, createLogger, definePlugin, Inject, PolicyService, Structum, type LogRecord, type PluginPolicy, type PolicyStore } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../support/errors.js';
import { temporaryFolder, writeFiles } from '../support/folder.js';

describe('what a host decides about its plugins', () => {
  let seen: PolicyStore | undefined;
  @Command({ path: 'decide', description: 'd' })
  class Decide {
    constructor(@Inject(PolicyService) private readonly policies: PolicyStore) {}

    execute(): void {
      seen = this.policies;
    }
  }
  const Decider = definePlugin({ name: 'decider', description: 'd', permissions: { services: ['structum.policy'] }, commands: [Decide] });
  const policyOf = async (options: Parameters<typeof Structum.create>[0]): Promise<PluginPolicy | undefined> => {
    await using structum = await Structum.create({ plugins: [Decider], ...options });
    await structum.run('decide', {});
    return seen?.policy;
  };

  it('comes from the files and the configuration that it is given, and is offered to plugins that may see it', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'config.yaml': 'plugin_policy: { enabled: { tree: false }, folders: ["~/plugins"] }' });
    const policy = await policyOf({
      configSources: { global: folder }, config: { plugin_policy: { enabled: { archive: false } } }, env: { HOME: '/home/ada', USERPROFILE: 'C:\\ada' },
    });
    expect(policy?.enabled).to.deep.equal({ tree: false, archive: false });
    expect(policy?.folders?.[0]).to.match(/ada[\\/]plugins$/);
    expect(policy).to.be.frozen;
    expect(policy?.enabled).to.be.frozen;
    await seen?.setEnabled('tree', true, 'user');
    expect(readFileSync(join(folder, 'config.yaml'), 'utf8')).to.contain('tree: true');
  });

  it('comes from nowhere else', async () => {
    expect(await policyOf({})).to.deep.equal({});
    await failure('POLICY_SCOPE_UNAVAILABLE', seen?.read('user') ?? Promise.resolve());
  });

  it('is not for plugins that were not granted it', async () => {
    const Curious = definePlugin({ name: 'curious', description: 'c', commands: [Decide] });
    await failure('SERVICE_NOT_GRANTED', Structum.create({ plugins: [Curious] }));
  });

  it('stops the host where a file of its user is wrong, and only warns where a stranger\'s is', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'config.yaml': 'a: [', '.structum.yaml': 'a: [' });
    await failure('CONFIG_FILE_INVALID', Structum.create({ configSources: { global: folder } }));
    await failure('CONFIG_INVALID', Structum.create({ config: { plugin_policy: { enabled: 'all' } } }));
    const lines: LogRecord[] = [];
    const logger = createLogger({ write: (line) => void lines.push(line) });
    await using structum = await Structum.create({ configSources: { project: folder }, logger });
    expect(structum.registry.plugins).to.deep.equal([]);
    expect(lines.map(({ level, fields }) => [level, fields.code])).to.deep.equal([['warn', 'CONFIG_FILE_INVALID']]);
  });
});
