import { Command, Inject, Option, SecurityService, type CommandContext, type ControlReport, type Output, type SandboxMode, type SecurityChecks, type SecurityReport } from '@structum/core';

/** What `structum security doctor` takes. */
export class DoctorInput {
  @Option('--mode', { type: 'string', enum: ['off', 'standard', 'strict'], description: 'What has to hold; security.sandbox_mode when left out' })
  mode?: SandboxMode;
}

/** Attempts an attack on each control. */
@Command({
  path: 'security doctor',
  description: 'Attack what keeps plugins in their place, and say what holds',
  details: 'Starts confined processes as plugins run in, and attempts in each of them what it must not be able to do: read files, reach the network, signal its host, fill the memory. That takes some seconds, and touches nothing but files that it makes for that. Exits with 1 where something does not hold that the mode promises: strict promises everything, by the kernel; standard, what this machine can.',
  examples: [{ command: 'structum security doctor --mode strict', description: 'Whether plugins can run in strict here' }],
  input: DoctorInput,
})
export class DoctorCommand {
  constructor(@Inject(SecurityService) private readonly checks: SecurityChecks) {}

  async execute({ mode }: DoctorInput, context: CommandContext): Promise<SecurityReport> {
    const report = await this.checks.checkControls(mode);
    if (report.broken.length > 0) context.setExitCode(1);
    return report;
  }

  async render({ mode, controls, broken }: SecurityReport, out: Output): Promise<void> {
    for (const line of table(controls)) await out.line(line);
    await out.line('');
    await out.line(broken.length === 0 ? `All that "${mode}" promises holds.` : `Not all that "${mode}" promises holds: ${broken.join(', ')}.`);
    if (broken.length > 0 && process.platform === 'linux') await out.line('Install bubblewrap, and allow user namespaces, where controls are degraded.');
  }
}

/** A line for each control, in columns, below their headings. */
function table(controls: readonly ControlReport[]): readonly string[] {
  const rows = [HEADINGS, ...controls.map(({ control, by, means, verdict, detail }) => [control, enforcement(by, means), verdict, detail ?? ''])];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}

const HEADINGS: readonly string[] = ['control', 'enforced by', 'verdict', ''];

function enforcement(by: ControlReport['by'], means: string | undefined): string {
  return by === 'none' ? 'nobody' : [by, ...(means === undefined ? [] : [`(${means})`])].join(' ');
}
