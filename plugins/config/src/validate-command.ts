import { Command, ConfigService, Inject, Option, type CommandContext, type ConfigFinding, type ConfigStore, type Output } from '@structum/core';
import { originText, quotedText } from './text.js';

/** What `structum config validate` takes. */
export class ValidateInput {
  @Option('--strict', { description: 'Take warnings for errors' })
  strict = false;

  @Option('--resolve', { description: 'Resolve references to secrets too, as ${env:TOKEN}, and say which cannot be' })
  resolve = false;
}

/** Checks a configuration. */
@Command({
  path: 'config validate',
  description: 'Find everything that is wrong in the configuration',
  details: 'Looks at every file, environment variable and --set. Exits with 1 where there are errors, with --strict also where there are warnings. References to secrets are only resolved with --resolve: that may ask a vault, or run programs. Where a plugin has rules in its code, as those of class-validator, its code is imported to check them.',
  examples: [{ command: 'structum config validate --strict', description: 'In a pipeline: also settings that nothing knows' }],
  input: ValidateInput,
})
export class ValidateCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  async execute({ strict, resolve }: ValidateInput, context: CommandContext): Promise<readonly ConfigFinding[]> {
    const findings = await this.config.validate({ resolve });
    if (findings.some(({ severity }) => strict || severity === 'error')) context.setExitCode(1);
    return findings;
  }

  async render(findings: readonly ConfigFinding[], out: Output): Promise<void> {
    if (findings.length === 0) await out.line('The configuration is valid.');
    for (const finding of findings) await out.line(findingText(finding));
  }
}

/** A finding in a line. */
export function findingText({ severity, key, problem, value, suggestions = [], ...origin }: ConfigFinding): string {
  const subject = key === undefined ? problem : `${key} ${problem}${value === undefined ? '' : gotText(problem, value)}`;
  const place = origin.file === undefined && origin.source === undefined && origin.layer === 'default' ? '' : `${originText(origin)}: `;
  return `${place}${severity}: ${subject}${suggestions.length === 0 ? '' : ` (did you mean ${suggestions.join(' or ')}?)`}`;
}

/** A text is quoted: "1" is no number. What is hidden is none. */
function gotText(problem: string, value: unknown): string {
  const text = value === REDACTED ? REDACTED : quotedText(value);
  return problem.startsWith('must ') && !problem.includes(': ') ? `, and is ${text}` : ` (it is ${text})`;
}

/** What the core shows in the place of secrets. */
const REDACTED = '[redacted]';
