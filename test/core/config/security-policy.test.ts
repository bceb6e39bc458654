import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { SecurityPolicy, StructumError } from '@structum/core';
import { expect } from 'chai';
import { loadConfiguration, securityOf } from '#internal/core/config/index.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

/** As many as this machine has work for, of one plugin three quarters. */
const CALLS = Math.max(16, 8 * availableParallelism());
const BUILT_IN = { global: CALLS, perPlugin: CALLS * 3 / 4, queue: 10_000 };

type Found = SecurityPolicy & { readonly notices: readonly StructumError[] };

describe('what is decided about the containment of plugins', () => {
  let folder: string;

  beforeEach(() => { folder = temporaryFolder(); });

  /** What is in force where the user, the project and the host say these. */
  async function decided({ user = {}, project = {}, host = {}, isTrusted = false, problems }: { user?: object; project?: object; host?: object; isTrusted?: boolean; problems?: 'warn' }): Promise<Found> {
    const trusting = isTrusted ? { plugin_policy: { trusted_projects: [join(folder, 'project')] } } : {};
    writeFiles(folder, { 'home/config.yaml': { ...trusting, ...user }, 'project/.structum.yaml': project });
    const { configuration, policy, notices } = await loadConfiguration({ sources: { global: join(folder, 'home'), project: join(folder, 'project') }, host: host as Record<string, unknown>, home: undefined, cwd: folder, problems });
    return Object.assign({ notices }, securityOf(configuration, policy.policy));
  }

  const security = (section: object): object => ({ security: section });
  const ignoredIn = ({ notices }: Found): readonly unknown[] => notices.map(({ code, details = {} }) => [code, details['reason'], details['settings']]);

  it('is the standard where nobody says anything', async () => {
    const found = await decided({});
    expect([found.mode, found.audit, found.concurrency, found.permissionsFor('a'), found.executorOf('a')]).to.deep.equal(['standard', true, BUILT_IN, {}, undefined]);
    expect(found.limitsFor('a')).to.deep.equal({ memory: 2 ** 30, output: 2 ** 28, message: 2 ** 26, openFiles: 1024, processes: 512 });
  });

  it('is what the strongest says, and of limits what is said nearest to the command', async () => {
    const found = await decided({
      user: security({ sandbox_mode: 'strict', audit: false, concurrency: { global: 4, per_plugin: 2, queue: 0 }, limits: { wall_time: 1000, memory: 2 ** 28 }, plugins: { a: { limits: { wall_time: 2000 }, commands: { 'a b': { limits: { wall_time: 3000 } } } } } }),
      host: security({ limits: { memory: 2 ** 29 } }),
    });
    expect([found.mode, found.audit, found.concurrency]).to.deep.equal(['strict', false, { global: 4, perPlugin: 2, queue: 0 }]);
    expect([found.limitsFor('b').wallTime, found.limitsFor('a').wallTime, found.limitsFor('a', 'a b').wallTime, found.limitsFor('a', 'a c').wallTime]).to.deep.equal([1000, 2000, 3000, 2000]);
    expect(found.limitsFor('a', 'a b').memory).to.equal(2 ** 29);
    expect([found.limitsFor('a', 'a b').keys, found.limitsFor('a', 'a c').keys]).to.deep.equal([{ wallTime: 'security.plugins.a.commands."a b".limits.wall_time' }, undefined]);
  });

  it('narrows permissions and says where plugins run', async () => {
    const found = await decided({
      user: { ...security({ plugins: { a: { permissions: { net: [], read: ['$workspace'] } } } }), plugin_policy: { executor: { a: 'worker', b: 'inline' } } },
    });
    expect(found.permissionsFor('a')).to.deep.equal({ net: [], read: ['$workspace'] });
    expect(['a', 'b', 'c', 'constructor'].map((name) => found.executorOf(name))).to.deep.equal(['worker', 'inline', undefined, undefined]);
    expect(found.permissionsFor('constructor')).to.deep.equal({});
  });

  it('takes a limit away where a layer says null', async () => {
    const found = await decided({ user: security({ limits: { wall_time: 5 }, plugins: { a: { limits: { memory: 2 ** 21 } } } }), host: security({ limits: { wall_time: null }, plugins: null }) });
    expect([found.limitsFor('a').wallTime, found.limitsFor('a').memory]).to.deep.equal([undefined, 2 ** 30]);
  });

  const WRONG: readonly (readonly [object, string])[] = [
    [{ sandbox_mode: 'loose' }, 'security.sandbox_mode'], [{ limits: { memory: '1G' } }, 'security.limits.memory'], [{ limits: { wall_time: 0 } }, 'security.limits.wall_time'],
    [{ limits: { walltime: 5 } }, 'security.limits.walltime'], [{ plugins: { a: { limit: {} } } }, 'security.plugins.a.limit'], [{ plugins: { a: { permissions: { read: '$workspace' } } } }, 'security.plugins.a.permissions.read'],
    [{ plugins: { a: { permissions: { read: ['$workspace', 'src'] } } } }, 'security.plugins.a.permissions.read[1]'], [{ plugins: { 'A B': {} } }, 'security.plugins."A B"'], [{ plugins: { a: { commands: { A: {} } } } }, 'security.plugins.a.commands.A'],
    [{ audit: 'no' }, 'security.audit'], [{ concurrency: { global: 1.5 } }, 'security.concurrency.global'], [{ mode: 'strict' }, 'security.mode'],
  ];
  for (const [section, path] of WRONG) {
    it(`refuses ${JSON.stringify(section)}`, async () => {
      const { details } = await failure('CONFIG_FILE_INVALID', decided({ user: security(section) }));
      expect((details?.['problems'] as readonly { path: string }[]).map((problem) => problem.path)).to.deep.equal([path]);
    });
  }

  it('refuses an executor that there is not', async () => {
    await failure('CONFIG_FILE_INVALID', decided({ user: { plugin_policy: { executor: { a: 'thread' } } } }));
  });

  it('contains everything where nobody can tell what was meant, and a host goes on without it', async () => {
    expect((await decided({ user: security({ sandbox_mode: 'strickt' }), problems: 'warn' })).mode).to.equal('strict');
    expect((await decided({ user: security({ plugins: { a: { permissions: { read: 5 } } } }), problems: 'warn' })).permissionsFor('a')).to.deep.equal({ read: [] });
  });

  describe('of a project that nobody trusts', () => {
    it('is heeded where it is stricter', async () => {
      const found = await decided({
        user: { ...security({ sandbox_mode: 'off', audit: false, concurrency: { global: 4 }, limits: { wall_time: 1000 }, plugins: { a: { permissions: { read: ['$workspace', '$data'] } } } }), plugin_policy: { executor: { b: 'worker' } } },
        project: {
          ...security({ sandbox_mode: 'standard', audit: true, concurrency: { global: 2, queue: 3 }, limits: { wall_time: 10, cpu_time: 5 }, plugins: { a: { permissions: { read: ['$data'], net: [] }, limits: { memory: 2 ** 20 }, commands: { a: { limits: { wall_time: 9 } } } } } }),
          plugin_policy: { executor: { a: 'process', b: 'worker' } },
        },
      });
      expect([found.mode, found.audit, found.concurrency]).to.deep.equal(['standard', true, { ...BUILT_IN, global: 2, queue: 3 }]);
      expect([found.limitsFor('b').wallTime, found.limitsFor('b').cpuTime, found.limitsFor('a').memory, found.limitsFor('a', 'a').wallTime]).to.deep.equal([10, 5, 2 ** 20, 9]);
      expect(found.permissionsFor('a')).to.deep.equal({ read: ['$data'], net: [] });
      expect([found.executorOf('a'), found.executorOf('b'), ignoredIn(found)]).to.deep.equal(['process', 'worker', []]);
    });

    it('counts for nothing where it is looser, with a notice', async () => {
      const found = await decided({
        user: { ...security({ sandbox_mode: 'strict', limits: { wall_time: 1000 }, plugins: { a: { permissions: { read: ['$workspace'] } } } }), plugin_policy: { executor: { b: 'process' } } },
        project: {
          ...security({ sandbox_mode: 'standard', audit: false, concurrency: { global: CALLS + 1, per_plugin: CALLS, queue: 10_001 }, limits: { wall_time: 2000, memory: 2 ** 31 }, plugins: { a: { permissions: { read: ['/'] }, limits: { wall_time: 1001 }, commands: { a: { limits: { output: 2 ** 40 } } } } } }),
          plugin_policy: { executor: { b: 'inline' } },
        },
      });
      expect([found.mode, found.audit, found.concurrency, found.limitsFor('a', 'a'), found.permissionsFor('a'), found.executorOf('b')])
        .to.deep.equal(['strict', true, BUILT_IN, { wallTime: 1000, memory: 2 ** 30, output: 2 ** 28, message: 2 ** 26, openFiles: 1024, processes: 512 }, { read: ['$workspace'] }, 'process']);
      expect(ignoredIn(found)).to.deep.equal([
        ['CONFIG_IGNORED', 'untrusted', ['plugin_policy.executor.b', 'security.concurrency.global', 'security.concurrency.per_plugin', 'security.concurrency.queue', 'security.limits.wall_time', 'security.limits.memory', 'security.plugins.a.permissions.read', 'security.plugins.a.limits.wall_time', 'security.plugins.a.commands.a.limits.output']],
        ['CONFIG_IGNORED', 'user', ['security.sandbox_mode', 'security.audit']],
      ]);
    });

    it('raises no number of calls above what the user says, either', async () => {
      const found = await decided({ user: security({ concurrency: { global: 4 } }), project: security({ concurrency: { global: 5, per_plugin: 1 } }) });
      expect(found.concurrency).to.deep.equal({ ...BUILT_IN, global: 4, perPlugin: 1 });
      expect(ignoredIn(found)).to.deep.equal([['CONFIG_IGNORED', 'untrusted', ['security.concurrency.global']]]);
    });

    it('takes nothing away', async () => {
      const user = security({ sandbox_mode: 'strict', limits: { wall_time: 5 }, plugins: { a: { permissions: { read: [] } } } });
      for (const project of [security({ sandbox_mode: null, limits: null, plugins: { a: null } }), { security: null }, security({ limits: { wall_time: null }, plugins: { a: { permissions: { read: null } } } })]) {
        const found = await decided({ user, project });
        expect([found.mode, found.limitsFor('a').wallTime, found.permissionsFor('a')]).to.deep.equal(['strict', 5, { read: [] }]);
      }
    });

    it('takes no command down where it is wrong', async () => {
      const found = await decided({ user: security({ limits: { wall_time: 5 } }), project: security({ sandbox_mode: 'x', limits: { wall_time: 'y', memory: -1 } }) });
      expect([found.mode, found.limitsFor('a').wallTime, found.limitsFor('a').memory]).to.deep.equal(['standard', 5, 2 ** 30]);
    });
  });

  it('is for a trusted project to say, but for the mode and the audit, which it may only tighten', async () => {
    const user = security({ sandbox_mode: 'standard', limits: { wall_time: 5 } });
    const loosening = { ...security({ sandbox_mode: 'off', audit: false, limits: { wall_time: 50 } }), plugin_policy: { executor: { a: 'inline' } } };
    const found = await decided({ user, project: loosening, isTrusted: true });
    expect([found.mode, found.audit, found.limitsFor('a').wallTime, found.executorOf('a')]).to.deep.equal(['standard', true, 50, 'inline']);
    expect(ignoredIn(found)).to.deep.equal([['CONFIG_IGNORED', 'user', ['security.sandbox_mode', 'security.audit']]]);
    expect((await decided({ user, project: security({ sandbox_mode: null }), isTrusted: true })).mode).to.equal('standard');
    expect((await decided({ user, project: security({ sandbox_mode: 'strict' }), isTrusted: true })).mode).to.equal('strict');
  });
});
