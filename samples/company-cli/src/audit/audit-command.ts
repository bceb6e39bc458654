import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Argument, Command, Inject, Option, type CommandContext, type Output } from '@structum/core';
import { TreeService } from '@structum/plugin-tree';

/** What every project of the company has. */
const REQUIRED = ['README.md', 'package.json', 'docs/owners.md', 'docs/runbook.md'];

export class AuditInput {
  @Argument({ description: 'The project to look at', path: 'read' })
  directory = '.';

  @Option('-x,--except', { description: 'Files that this project can do without', items: { type: 'string' }, separator: ',' })
  except: string[] = [];
}

/** What a project lacks. */
export interface AuditResult {
  readonly missing: readonly string[];
  /** The missing files, drawn as a tree. */
  readonly picture: string;
}

@Command({
  path: 'audit',
  description: 'Look for the files that every project has',
  details: 'Exit code 1 says that some are missing.',
  input: AuditInput,
})
export class AuditCommand {
  constructor(@Inject(TreeService) private readonly tree: TreeService) {}

  execute({ directory, except }: AuditInput, context: CommandContext): AuditResult {
    const folder = resolve(context.cwd, directory);
    const missing = REQUIRED.filter((path) => !except.includes(path) && !existsSync(resolve(folder, path)));
    if (missing.length > 0) context.setExitCode(1);
    return { missing, picture: [...this.tree.draw(missing, { rootLabel: directory })].join('\n') };
  }

  async render({ missing, picture }: AuditResult, out: Output): Promise<void> {
    if (missing.length === 0) await out.line('Nothing is missing.');
    else await out.line(`${String(missing.length)} missing:\n${picture}`);
  }
}
