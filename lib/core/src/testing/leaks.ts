import { checkOptions, optionRules } from '../index.js';
import { failure } from './failure.js';
import { trackers, type LiveResource } from './resource-tracker.js';
import type { TestHost } from './test-host.js';

/** How to look for leaks. */
export interface LeakOptions {
  /** Milliseconds that what ends by itself gets: a socket that is being closed, a child process that was told to stop; 1,000 when left out. */
  readonly patience?: number;
}

/** The real one, whatever a test puts in its place. */
const { setTimeout: schedule } = globalThis;

const PATIENCE = 1_000;
const PAUSE = 10;

/**
 * Takes the host down, and fails where something of its plugins is left: something owned or running, a timer, server,
 * socket, child process, watcher or worker, a listener of the process, or a deactivation that failed. Says what, and
 * where it was started.
 *
 * Only what was started through the host counts, so tests may run beside each other.
 */
export async function expectNoLeaks(host: TestHost, options: LeakOptions = {}): Promise<void> {
  checkOptions('expectNoLeaks()', options, { patience: optionRules.milliseconds });
  const { patience = PATIENCE } = options;
  await host.dispose();
  const left = await untilEnded(host, patience);
  const problems = [
    ...host.structum.registry.plugins.flatMap(({ name, owned, running }) => [
      ...owned.map((label) => `"${label}" is still owned by plugin "${name}"`),
      ...(running > 0 ? [`${String(running)} of the commands of plugin "${name}" are still running`] : []),
    ]),
    ...host.logs.filter(({ level, message }) => level === 'error' && DEACTIVATION.test(message)).map(({ message }) => message),
    ...left.map(({ what, where }) => `${what}, from ${where}`),
  ];
  if (problems.length === 0) return;
  throw failure({
    message: `Plugin "${host.name}" was taken down, and left something behind:`,
    problems,
    remedy: 'Hand what the plugin starts to context.own(resource, label), or end it in onDeactivate(); a command ends what it starts itself.',
  });
}

/** What the host logs when a plugin, or what it had started, could not be ended. */
const DEACTIVATION = /failed while it was deactivated|could not be ended/;

async function untilEnded(host: TestHost, patience: number): Promise<readonly LiveResource[]> {
  const left = (): readonly LiveResource[] => trackers.get(host)?.live ?? [];
  for (let waited = 0; waited < patience && left().length > 0; waited += PAUSE) {
    await new Promise<void>((resolve) => { schedule(resolve, PAUSE); });
  }
  return left();
}
