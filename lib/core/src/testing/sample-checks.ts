import type { CommandManifest } from '../index.js';
import type { CapturedRun } from './captured-run.js';
import { failure } from './failure.js';
import type { TestHost } from './test-host.js';

/** The forms that a command's text takes: for a file, for a wide terminal, and for a narrow one without colours or Unicode. */
const TARGETS = [
  {},
  { columns: 120, color: true, isTerminal: true },
  { columns: 20, color: false, unicode: false, isTerminal: true },
] as const;

/**
 * Runs a command with an input that its author says is safe, and fails where it fails, where what it gives is more than
 * data, or where its text has colours that nobody asked for.
 */
export async function expectSampleRuns(makeHost: () => Promise<TestHost>, command: CommandManifest, input: object): Promise<void> {
  for (const target of TARGETS) {
    const host = await makeHost();
    try {
      const run = await host.capture(command.path, input, target);
      refuseFailure(command, input, run);
      if (!('color' in target) || !target.color) refuseColor(command, input, run);
    } finally {
      await host.dispose();
    }
  }
}

/** Cancels a command as soon as it began: it must give up, and not take for ever. */
export async function expectCancellationHeeded(host: TestHost, command: CommandManifest, input: object): Promise<void> {
  const execution = host.start(command.path, input);
  host.structum.on('command:started', ({ execution: id }) => { if (id === execution.id) execution.cancel('the contract test cancels it'); });
  const code = await execution.result.then(() => undefined, (error: unknown) => (error as { code?: unknown }).code);
  // It was answered, or had nothing left to do: what counts is that nothing of it goes on, which the host sees.
  const left = host.record.running;
  if (left === 0 && code !== undefined) return;
  throw failure({
    message: `The command "${command.path}" was cancelled with the input ${JSON.stringify(input)}, and ${left > 0 ? 'goes on' : 'gave a result'}.`,
    remedy: 'Hand context.signal on to whatever takes one, and look at it in loops.',
    actual: code,
    expected: 'COMMAND_CANCELLED',
  });
}

function refuseFailure({ path }: CommandManifest, input: object, { error }: CapturedRun): void {
  if (error === undefined) return;
  const { code } = error as { code?: unknown };
  throw failure({
    message: `The command "${path}" failed with its sample input ${JSON.stringify(input)}: ${error.message}`,
    remedy: code === 'RESULT_NOT_CLONEABLE' ? 'Give data only: no functions, no classes of your own.' : 'Correct the command, or the sample and its files.',
    cause: error,
  });
}

function refuseColor({ path }: CommandManifest, input: object, { text }: CapturedRun): void {
  if (!text.includes('\u001b[')) return;
  throw failure({
    message: `The command "${path}" colours its text although nobody asked for that, with the input ${JSON.stringify(input)}.`,
    remedy: 'Colour only where out.color is true.',
    actual: text,
  });
}
