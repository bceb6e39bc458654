// What a host and a plugin written in TypeScript see of the packed types; compiled, not run.
import { Argument, Command, Plugin, Structum, type CommandContext, type Output } from '@structum/core';
import { generateManifest } from '@structum/core/manifest';
import { expectNoLeaks, fakePlugin, manualClock, testHost } from '@structum/core/testing';
import ArchivePlugin from '@structum/plugin-archive';
import TreePlugin from '@structum/plugin-tree';

interface Greeting {
  readonly text: string;
}

class GreetInput {
  @Argument({ description: 'Who to greet' })
  name = 'world';
}

@Command({ path: 'greet', description: 'Greet somebody', input: GreetInput })
class GreetCommand {
  execute({ name }: GreetInput, context: CommandContext): Greeting {
    context.signal.throwIfAborted();
    return { text: `Hello, ${name}!` };
  }

  render({ text }: Greeting, out: Output): void {
    void out.line(text);
  }
}

@Plugin({ name: 'greet', description: 'Greetings', engine: '^2.0.0', version: '1.0.0', commands: [GreetCommand] })
class GreetPlugin {}

declare module '@structum/core' {
  interface CommandMap {
    greet: { input: Partial<GreetInput>; result: Greeting };
  }
}

export async function use(): Promise<string> {
  const structum = await Structum.create({ plugins: [GreetPlugin, TreePlugin, ArchivePlugin] });
  const byClass: Greeting = await structum.run(GreetCommand, { name: 'Ada' });
  const byName: Greeting = await structum.run('greet', { name: 'Ada' });
  // The plugins' own additions to the CommandMap are there too.
  const tree = await structum.run('tree', { directory: '.' });
  const archive = await structum.run('archive', { directory: '.' });
  // @ts-expect-error -- a wrong input is an error
  await structum.run(GreetCommand, { name: 1 });
  // @ts-expect-error -- and so it is by name
  await structum.run('tree', { directory: 1 });
  const { manifest } = await generateManifest({ folder: '.' });
  return [byClass.text, byName.text, typeof tree.root, archive.files, manifest.name].join(' ');
}

export async function test(): Promise<readonly string[]> {
  const host = await testHost(TreePlugin, { clock: manualClock(), fakes: [fakePlugin('other')], files: { 'one.txt': '' } });
  const { result, lines } = await host.capture('tree', { directory: '.' }, { columns: 40 });
  await expectNoLeaks(host);
  return [typeof result.root, ...lines];
}
