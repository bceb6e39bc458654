import { Argument, Command, ConfigService, Inject, Option, type ConfigExplanation, type ConfigStore, type ConfigVoice, type Output } from '@structum/core';
import { columns, originText, valueText } from './text.js';

/** What `structum config explain` takes. */
export class ExplainInput {
  @Argument({ description: 'The setting: plugins.tree.theme' })
  key!: string;

  @Option('--reveal', { description: 'Show the values also where they are secrets, and resolve references to secrets in the one that counts' })
  reveal = false;
}

/** Says why a setting has its value. */
@Command({
  path: 'config explain',
  description: 'Say where the value of a setting comes from, and why it counts',
  details: 'Shows what every layer says of it, the strongest first, with its file and line.',
  examples: [{ command: 'structum config explain plugins.tree.theme', description: 'Who sets the theme, and who has the last word' }],
  input: ExplainInput,
})
export class ExplainCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  execute({ key, reveal }: ExplainInput): Promise<ConfigExplanation> {
    return this.config.explain(key, { reveal });
  }

  async render({ key, value, schema, voices }: ConfigExplanation, out: Output): Promise<void> {
    await out.line(value === undefined ? `${key} has no value` : `${key} = ${valueText(value)}`);
    if (schema?.description !== undefined) await out.line(`  ${schema.description}`);
    if (voices.length === 0) return;
    await out.line();
    // A terminal is read from the top: who has the last word comes first.
    const rows = [...voices].reverse().map((voice) => [`  ${MARKS[voice.effect]} ${voice.layer}`, voice.value === null ? 'null: as if nobody had set it' : valueText(voice.value), originText(voice), effectText(voice)]);
    for (const line of columns(rows)) await out.line(line);
  }
}

const MARKS: Readonly<Record<ConfigVoice['effect'], string>> = { counts: '*', overridden: ' ', ignored: 'x' };

function effectText({ effect, ignored }: ConfigVoice): string {
  return ignored === undefined ? effect : `ignored: ${IGNORED[ignored]}`;
}

const IGNORED: Readonly<Record<NonNullable<ConfigVoice['ignored']>, string>> = {
  untrusted: 'the project is not trusted',
  user: 'no project may say so, only its user',
  unfit: 'it does not fit',
  unknown: 'nothing knows it',
};
