import { setTimeout as sleep } from 'node:timers/promises';
import { StructumError } from '@structum/core';

/** What plugins in these tests tell of themselves: they share nothing but the process. */
export const shared = globalThis as { log?: string[]; alive?: number; release?: () => void; releases?: (() => void)[] };

/** A plugin whose life is told to `shared.log`, with what else its description says. */
export function told(name: string, version: string, { description = '', commands = '', imports = '', activate = '', health = '' } = {}): string {
  return `
    import { defineCommand, definePlugin, defineService } from '@structum/core';
    ${imports}
    const tell = (what) => globalThis.log.push('${name} ${version} ' + what);
    let state = 0;
    export default definePlugin({
      name: '${name}', version: '1.0.0', description: '${name}', ${description}
      commands: [
        defineCommand({ path: '${name}', description: 'version', execute: () => '${version}' }),
        defineCommand({ path: '${name} count', description: 'state', execute: () => (state += 1) }),
        ${commands}
      ],
      onActivate(context) {
        ${activate}
        globalThis.alive += 1;
        context.own(() => { globalThis.alive -= 1; }, 'resource');
        tell('up');
      },
      onDeactivate() { tell('down'); },
      ${health === '' ? '' : `checkHealth: () => (${health}),`}
    });
  `;
}

/** What lets a command, or a plugin that comes up, go on: when it is under way. */
export async function held(): Promise<() => void> {
  while (shared.release === undefined) await sleep(1);
  return shared.release;
}

/** The codes of an error, and of all that it follows from. */
export function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [codeOf(error), ...[error.cause, ...inner].flatMap(codesOf)];
}

export function codeOf(error: unknown): string {
  return StructumError.is(error) ? error.code : String(error);
}
