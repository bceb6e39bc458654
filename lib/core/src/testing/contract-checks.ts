import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkOptions, MANIFEST_FILE, messageOf, optionRules, Structum, StructumError, type CommandManifest, type OptionRules, type PluginManifest } from '../index.js';
import { readManifest } from '../manifest/index.js';
import { expectCancelledAtStart, expectDefaultsValid, expectExamplesRun, expectHelpReads, expectUnknownRefused } from './command-checks.js';
import { failure } from './failure.js';
import { fakePlugin, type FakePlugin } from './fakes.js';
import { expectNoLeaks } from './leaks.js';
import { expectManifestFresh } from './manifest-fresh.js';
import { expectPackageRight } from './package-checks.js';
import { packageFolder } from './package-folder.js';
import { expectCancellationHeeded, expectSampleRuns } from './sample-checks.js';
import { TEST_HOST_OPTIONS, testHost, type TestHost, type TestHostOptions } from './test-host.js';

/** One thing that every plugin is held to. */
export interface ContractCheck {
  /** What is true of a plugin that passes: `its manifest describes its code`. */
  readonly name: string;
  /** Rejects with an `AssertionError` that says what is wrong and what to do. */
  readonly run: () => Promise<void>;
}

/** What the contract test needs to know of a plugin. */
export interface ContractOptions extends Pick<TestHostOptions, 'fakes' | 'plugins' | 'from' | 'settings' | 'config' | 'env' | 'answers' | 'files'> {
  /**
   * Inputs by the command's path that are safe to run: `{ greet: [{ name: 'Ada' }] }`. Each is run several times, in a
   * workspace of its own with `files` in it.
   */
  readonly samples?: Readonly<Record<string, readonly object[]>>;
  /** Milliseconds that what ends by itself gets; 1,000 when left out. */
  readonly patience?: number;
}

/**
 * What the plugin in `folder` is held to, as a list: its package, its manifest, each of its commands, and that it comes
 * up and goes down without leaving anything behind. Plugins that it requires are faked, unless `fakes` or `plugins` has them.
 *
 * Everything runs against the built plugin, as hosts load it.
 * @param folder - Of its `package.json`, as a path or a `file:` URL.
 * @throws `MANIFEST_UNREADABLE`, `MANIFEST_INVALID`, `OPTION_INVALID`.
 */
export function contractChecks(folder: string | URL, options: ContractOptions = {}): readonly ContractCheck[] {
  checkOptions('contractChecks()', options, CONTRACT_OPTIONS);
  const root = packageFolder(folder);
  const file = join(root, MANIFEST_FILE);
  if (!existsSync(file)) return [check('it has a manifest', () => { throw missing(root); })];
  return new Contract(root, readManifest(file), options).checks;
}

const { fakes, plugins, from, settings, config, env, answers, files } = TEST_HOST_OPTIONS;
const CONTRACT_OPTIONS: OptionRules<ContractOptions> = { fakes, plugins, from, settings, config, env, answers, files, samples: optionRules.object, patience: optionRules.milliseconds };

function missing(folder: string): Error {
  return failure({ message: `The plugin in ${folder} has no ${MANIFEST_FILE}.`, remedy: `Build it, and run "structum plugins manifest" in ${folder}.` });
}

class Contract {
  readonly #folder: string;
  readonly #manifest: PluginManifest;
  readonly #options: ContractOptions;
  /** The names of the plugins that were given as they are. */
  #real: Promise<readonly string[]> | undefined;

  constructor(folder: string, manifest: PluginManifest, options: ContractOptions) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.#options = options;
  }

  get checks(): readonly ContractCheck[] {
    return [
      check('its package can be published', () => { expectPackageRight(this.#folder, this.#manifest); }),
      check('its manifest describes its code', () => expectManifestFresh(this.#folder)),
      check('this version of the core can use it', () => this.#expectUsable()),
      check('it comes up and goes down twice, and leaves nothing behind', () => this.#expectClean()),
      check('its samples are of commands that it has', () => { this.#expectSamplesKnown(); }),
      ...this.#manifest.commands.flatMap((command) => this.#checksOf(command)),
    ];
  }

  #checksOf(command: CommandManifest): readonly ContractCheck[] {
    const subject = `"${command.path}"`;
    return [
      check(`the help of ${subject} reads well`, () => { expectHelpReads(command); }),
      check(`the examples of ${subject} work`, () => { expectExamplesRun(command); }),
      check(`the defaults of ${subject} follow its own rules`, () => { expectDefaultsValid(command); }),
      check(`${subject} refuses fields that it does not know`, () => this.#within((host) => expectUnknownRefused(host, command))),
      check(`${subject} does not begin when it is cancelled before`, () => this.#within((host) => expectCancelledAtStart(host, command))),
      ...(this.#options.samples?.[command.path] ?? []).flatMap((input) => [
        check(`${subject} gives data and text for ${JSON.stringify(input)}`, () => expectSampleRuns(() => this.#host(), command, input)),
        check(`${subject} stops when it is cancelled, for ${JSON.stringify(input)}`, () => this.#within((host) => expectCancellationHeeded(host, command, input))),
      ]),
    ];
  }

  #expectUsable(): Promise<void> {
    return this.#within(async (host) => {
      await host.structum.registry.judged();
      const { state, reason } = host.record;
      if (state === 'resolved') return;
      throw failure({
        message: `Plugin "${this.#manifest.name}" cannot be used by this version of @structum/core: ${reason?.message ?? `it is ${state}`}`,
        remedy: reason?.hint ?? 'Look at its "engine", "requires" and "conflicts".',
        actual: state,
        expected: 'resolved',
      });
    });
  }

  async #expectClean(): Promise<void> {
    const host = await this.#host();
    try {
      await this.#bringUp(host, '');
      await host.structum.deactivate(this.#manifest.name);
      await this.#bringUp(host, ' a second time');
    } finally {
      await host.dispose();
    }
    await expectNoLeaks(host, this.#options.patience === undefined ? {} : { patience: this.#options.patience });
  }

  async #bringUp(host: TestHost, time: string): Promise<void> {
    try {
      await host.activate();
    } catch (error) {
      throw failure({
        message: `Plugin "${this.#manifest.name}" did not come up${time}: ${messageOf(error)}`,
        remedy: 'Where it needs a service or a setting, give them: fakes: [fakePlugin(…)], settings: {…}.',
        cause: error,
      });
    }
  }

  #expectSamplesKnown(): void {
    const known = this.#manifest.commands.map(({ path }) => path);
    const unknown = Object.keys(this.#options.samples ?? {}).filter((path) => !known.includes(path));
    if (unknown.length === 0) return;
    throw failure({ message: `Plugin "${this.#manifest.name}" has no command ${unknown.map((path) => `"${path}"`).join(', ')}.`, remedy: `Its commands are ${known.join(', ')}.`, actual: unknown, expected: known });
  }

  async #within(work: (host: TestHost) => Promise<void>): Promise<void> {
    const host = await this.#host();
    try {
      await work(host);
    } finally {
      await host.dispose();
    }
  }

  async #host(): Promise<TestHost> {
    const { samples: _samples, patience: _patience, ...options } = this.#options;
    try {
      return await testHost(this.#folder, { files: {}, ...options, fakes: [...(options.fakes ?? []), ...(await this.#missingFakes())] });
    } catch (error) {
      if (!StructumError.is(error)) throw error;
      throw failure({
        message: `Plugin "${this.#manifest.name}" cannot be used by this version of @structum/core: ${error.message}`,
        remedy: error.hint ?? 'Look at its "engine", "requires" and "conflicts".',
        cause: error,
      });
    }
  }

  /** Fakes of the plugins that it requires and that nobody gave. */
  async #missingFakes(): Promise<readonly FakePlugin[]> {
    const { fakes = [] } = this.#options;
    this.#real ??= this.#namesOfReal();
    const given = new Set([...fakes.flatMap((fake) => (fake.kind === 'plugin' ? [fake.name] : [])), ...(await this.#real)]);
    return Object.keys(this.#manifest.requires).filter((name) => !given.has(name)).map((name) => fakePlugin(name));
  }

  /** What real plugins are called that are named by a package, or a path, only a host knows. */
  async #namesOfReal(): Promise<readonly string[]> {
    const { plugins = [], from = join(this.#folder, 'package.json') } = this.#options;
    if (plugins.length === 0) return [];
    await using host = await Structum.create({ plugins, from });
    return host.registry.plugins.map(({ name }) => name);
  }
}

function check(name: string, run: () => void | Promise<void>): ContractCheck {
  return { name, run: async () => { await run(); } };
}
