import { basename, relative, resolve } from 'node:path';
import { Command, Inject, RegistryService, type CommandContext, type Output, type Registry } from '@structum/core';
import { commandReserved, commandTaken, nameTaken } from '../errors.js';
import { NewInput } from './new-input.js';
import { packageFiles } from './package-files.js';
import { planOf, type Language, type PluginPlan } from './plugin-plan.js';
import { answersOf } from './questions.js';
import { refuseUsedFolder, writePackage } from './write-package.js';

/** A new plugin. */
export interface NewResult {
  readonly plugin: string;
  readonly package: string;
  readonly command: string;
  readonly language: Language;
  /** Absolute path. */
  readonly folder: string;
  /** Paths in that folder, with slashes. */
  readonly files: readonly string[];
  /** Whether they were written; not with `--dry-run`. */
  readonly written: boolean;
}

/** Writes the package of a new plugin. */
@Command({
  path: 'plugins new',
  description: 'Start a new plugin',
  details:
    'A complete package: a plugin with a command, its tests, a README, and checks for GitHub, ready to build and to publish. ' +
    'On a terminal you are asked for what you do not give as options; --yes takes the defaults.',
  examples: [
    { command: 'structum plugins new hello', description: 'A plugin in TypeScript, in the folder hello' },
    { command: 'structum plugins new team/report --language js --command "report build"', description: 'One in JavaScript, with a scope and a command in a group' },
    { command: 'structum plugins new hello --dry-run', description: 'Only say which files it would have' },
  ],
  input: NewInput,
})
export class NewCommand {
  private cwd = '';

  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute(input: NewInput, context: CommandContext): Promise<NewResult> {
    this.cwd = context.cwd;
    const plan = planOf(await answersOf(input, context));
    this.#refuseReserved(plan);
    const folder = resolve(context.cwd, input.directory ?? basename(plan.name));
    if (!input.force) this.#refuseTaken(plan);
    await refuseUsedFolder(folder, input.force);
    const files = packageFiles(plan);
    if (!input.dryRun) await writePackage(folder, files, context.signal);
    const { name, package: packageName, command, language } = plan;
    return { plugin: name, package: packageName, command, language, folder, files: [...files.keys()], written: !input.dryRun };
  }

  async render({ plugin, command, folder, files, written }: NewResult, out: Output): Promise<void> {
    const path = relative(this.cwd, folder) || '.';
    await out.line(`${written ? 'Wrote' : 'Would write'} the plugin "${plugin}" to ${path}:`);
    for (const file of files) await out.line(`  ${file}`);
    if (!written) return;
    await out.line(`\nNext:\n${path === '.' ? '' : `  cd ${quoted(path)}\n`}  npm install\n  npm test\n  structum plugins link\n  structum ${command}`);
  }

  /** No host like this one could ever use it. */
  #refuseReserved({ command }: PluginPlan): void {
    const word = this.registry.reservedWords.find((reserved) => command.split(' ', 1)[0] === reserved);
    if (word !== undefined) throw commandReserved(command, word);
  }

  /** In this host it could never be used. */
  #refuseTaken({ name, command }: PluginPlan): void {
    const plugin = this.registry.plugin(name);
    if (plugin !== undefined) throw nameTaken(name, plugin.source.label);
    const owner = this.registry.command(command)?.plugin;
    if (owner !== undefined) throw commandTaken(command, owner);
  }
}

function quoted(path: string): string {
  return /^[\w./\\:@-]+$/.test(path) ? path : JSON.stringify(path);
}
