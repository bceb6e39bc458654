import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { catalogued, Command, ConfigService, Inject, makeFolders, messageOf, type CommandContext, type ConfigFinding, type ConfigStore, type Output } from '@structum/core';
import { editorFailed, editorMissing } from './errors.js';
import { ScopeInput } from './scope.js';
import { findingText } from './validate-command.js';

/** What became of an edited file. */
export interface EditedFile {
  readonly file: string;
  readonly findings: readonly ConfigFinding[];
}

/** Opens a configuration file in the user's editor. */
@Command({
  path: 'config edit',
  description: 'Open a configuration file in your editor, and check it afterwards',
  details: 'The editor is that of VISUAL or EDITOR. Where something is wrong in the file afterwards, you may go on editing.',
  examples: [{ command: 'structum config edit --scope project', description: 'The file of this project' }],
  input: ScopeInput,
})
export class EditCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  async execute({ scope, environment }: ScopeInput, context: CommandContext): Promise<EditedFile> {
    const file = this.config.file(scope, environment);
    // Editors make files, and no folders.
    makeFolderOf(file);
    const isNew = scope !== 'project' && makePrivate(file);
    for (;;) {
      try {
        await openEditor(file, context);
      } finally {
        if (isNew) removeEmpty(file);
      }
      const findings = await this.config.validate({ file });
      if (findings.length === 0) return { file, findings };
      for (const finding of findings) context.logger.warn(findingText(finding));
      if (context.canAsk && (await context.confirm({ message: 'Edit it again?', default: true }))) continue;
      if (findings.some(({ severity }) => severity === 'error')) context.setExitCode(1);
      return { file, findings };
    }
  }

  render({ file, findings }: EditedFile, out: Output): void {
    void out.line(findings.length === 0 ? `${file} is valid` : `${file} has ${String(findings.length)} ${findings.length === 1 ? 'problem' : 'problems'}`);
  }
}

function makeFolderOf(file: string): void {
  try {
    makeFolders(dirname(file), 0o700);
  } catch (error) {
    throw catalogued('CONFIG_UNWRITABLE', { file, reason: messageOf(error) }, error);
  }
}

/** Makes a file that is not there, for its user alone, as what is set in it is; whether it was made. */
function makePrivate(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600));
    return true;
  } catch {
    // It is there, or the editor says why it cannot be.
    return false;
  }
}

/** Of a user who wrote nothing, nothing stays. */
function removeEmpty(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.size === 0) rmSync(file, { force: true });
}

/** Resolves when the user has closed it. The editor has the terminal as long. */
async function openEditor(file: string, { env, cwd, signal }: CommandContext): Promise<void> {
  const editor = [env['VISUAL'], env['EDITOR']].find((name) => name !== undefined && name.trim() !== '');
  if (editor === undefined) throw editorMissing();
  // As in git: the variable may hold arguments, and whatever a shell understands.
  const command = process.platform === 'win32' ? `${editor} "${file}"` : `${editor} "$STRUCTUM_EDITED_FILE"`;
  const child = spawn(command, { shell: true, stdio: 'inherit', cwd, signal, env: { ...env, STRUCTUM_EDITED_FILE: file } });
  const [code, reason] = await new Promise<readonly [number | null, string]>((resolve) => {
    child.once('error', (error) => { resolve([null, error.message]); });
    child.once('close', (exitCode, closedBy) => { resolve([exitCode, exitCode === null ? `it was ended by ${String(closedBy)}` : `it ended with ${String(exitCode)}`]); });
  });
  if (code !== 0) throw editorFailed(editor, reason);
}
