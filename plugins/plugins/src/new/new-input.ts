import { Argument, Option } from '@structum/core';
import { LANGUAGES, LICENSES, type Language, type License } from './plugin-plan.js';

/** What `structum plugins new` takes. */
export class NewInput {
  @Argument({ type: 'string', description: 'The name of the plugin: hello, or team/hello', required: false })
  name?: string;

  @Option('-l,--language', { type: 'string', enum: LANGUAGES, description: 'Write it in TypeScript (ts; when left out) or JavaScript (js)' })
  language?: Language;

  @Option('-c,--category', { type: 'string', description: 'Its category; utility when left out', placeholder: 'category' })
  category?: string;

  @Option('-d,--description', { type: 'string', description: 'What it does, in one line', placeholder: 'text' })
  description?: string;

  @Option('--command', { type: 'string', description: 'The path of its command; its name when left out', placeholder: 'path' })
  command?: string;

  @Option('--package', { type: 'string', description: 'The name of its npm package; structum-plugin-<name> when left out', placeholder: 'name' })
  package?: string;

  @Option('--directory', { type: 'string', description: 'Where to write it; a new folder with its name when left out', placeholder: 'folder', minLength: 1, path: 'write' })
  directory?: string;

  @Option('--author', { type: 'string', description: 'Who writes it: Ada <ada@example.org>', placeholder: 'author' })
  author?: string;

  @Option('--license', { type: 'string', enum: LICENSES, description: 'Its licence; MIT when left out' })
  license?: License;

  @Option('-f,--force', { description: 'Also into a folder that is not empty, and with a name that another plugin has' })
  force = false;

  @Option('-n,--dry-run', { description: 'Write nothing; say what would be written' })
  dryRun = false;

  @Option('-y,--yes', { description: 'Ask nothing: take the defaults for what is not given' })
  yes = false;
}
