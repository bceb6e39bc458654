import { ExitCode } from '../exit-code.js';
import { describeInput, type InputProblem } from '../input-problem.js';
import { limitKey, limitText, type LimitName } from '../limit-name.js';
import { shortened } from '../shown.js';
import { didYouMean, keyText, withoutStop } from '../wording.js';
import { entry } from './entry.js';

/** Running a command, here or isolated. */
export const executionErrors = {
  COMMAND_UNKNOWN: entry<{ command: string; suggestions: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ command }) => `There is no command "${shortened(command)}".`,
    hint: ({ suggestions }) => didYouMean(suggestions),
  }),
  INPUT_INVALID: entry<{ command: string; problems: readonly InputProblem[] }>({
    exitCode: ExitCode.usage,
    message: ({ command, problems }) => `The input of "${command}" is not valid: ${problems.map(describeInput).join('; ')}.`,
  }),
  INPUT_NOT_CLONEABLE: entry<{ command: string; reason: string }>({
    exitCode: ExitCode.usage,
    message: ({ command, reason }) => `The input of "${command}" is not plain data: ${reason}`,
    hint: () => 'Pass what structuredClone() can copy: no functions, no class instances with behaviour.',
  }),
  RESULT_NOT_CLONEABLE: entry<{ command: string; reason: string }>({
    message: ({ command, reason }) => `The command "${command}" returned something that is not plain data: ${reason}`,
    hint: () => 'Return what structuredClone() can copy: a command must give the same result in every executor.',
  }),
  COMMAND_FAILED: entry<{ command: string; plugin?: string; reason: string }>({
    message: ({ command, reason }) => `The command "${command}" failed: ${reason}`,
  }),
  COMMAND_CANCELLED: entry<{ command: string; reason?: string }>({
    exitCode: ExitCode.interrupted,
    message: ({ command, reason }) => `The command "${command}" was cancelled${reason === undefined ? '' : `: ${withoutStop(reason)}`}.`,
  }),
  PLUGIN_CRASHED: entry<{ plugin: string; how: string }>({
    message: ({ plugin, how }) => `Plugin "${plugin}" ended what it ran in: it ${how}.`,
    hint: () => 'The host goes on, and starts it anew with the next call. What it printed before is in the output of the host.',
  }),
  PROTOCOL_VIOLATION: entry<{ plugin: string; reason: string }>({
    message: ({ plugin, reason }) => `The process of plugin "${plugin}" was ended: it sent ${reason}.`,
    hint: () => 'No plugin does that that only uses what it is given: look at what it is, or remove it.',
  }),
  GUEST_VERSION_MISMATCH: entry<{ plugin: string; version: number; expected: number }>({
    message: ({ plugin, version, expected }) => `What runs plugin "${plugin}" speaks version ${String(version)} of the protocol between hosts and isolated plugins, and this host speaks ${String(expected)}.`,
    hint: () => '@structum/core was replaced while this host runs: start it anew. Where that does not help, install @structum/core again.',
  }),
  LIMIT_EXCEEDED: entry<{ plugin: string; command: string; limit: LimitName; allowed?: number; /** Where it is set, if not for the plugin or all of them. */ key?: string; /** Whether nobody can set it. */ isFixed?: boolean }>({
    exitCode: ({ limit }) => (limit === 'wallTime' || limit === 'cpuTime' ? ExitCode.timedOut : ExitCode.failed),
    message: ({ command, limit, allowed }) => `"${command}" was ended: it took more than the ${limitText(limit, allowed)} that it may.`,
    hint: ({ plugin, limit, key, isFixed = false }) => {
      if (isFixed) return 'Nothing raises that limit: give it less to do at once.';
      return `Give it less to do, or raise ${key ?? `security.plugins.${keyText(plugin)}.limits.${limitKey(limit)}`}.`;
    },
  }),
  MESSAGE_TOO_LARGE: entry<{ bytes: number; allowed: number }>({
    message: ({ bytes, allowed }) => `A message between the host and an isolated plugin would have ${String(bytes)} bytes, and ${String(allowed)} are allowed.`,
    hint: () => 'Give it less input, or have it answer less at once, as items of a stream; or raise security.limits.message.',
  }),
  QUEUE_FULL: entry<{ plugin: string; waiting: number }>({
    message: ({ plugin, waiting }) => `A command of plugin "${plugin}" could not wait for its turn: ${String(waiting)} do already.`,
    hint: () => 'Start fewer at once, or raise security.concurrency.queue.',
  }),
  CALLS_TOO_DEEP: entry<{ command: string; most: number }>({
    message: ({ command, most }) => `"${command}" was not run: ${String(most)} commands wait for each other already, each for the next one.`,
    hint: () => 'A command that runs itself, also by way of others, has to stop at some point.',
  }),
  PLUGIN_NOT_IMPORTABLE: entry<{ plugin: string }>({
    message: ({ plugin }) => `Plugin "${plugin}" cannot run elsewhere than in this thread: nothing says what its module is.`,
    hint: () => 'Set "module: import.meta.url" in its @Plugin description, or give it to the host by the name of its package.',
  }),
  PLUGIN_ISOLATED: entry<{ plugin: string }>({
    message: ({ plugin }) => `Plugin "${plugin}" runs isolated: none of its code is imported into this process.`,
  }),
  SERVICE_NOT_REMOTE: entry<{ service: string; provider: string }>({
    message: ({ service, provider }) => `The service "${service}" cannot be had here: its plugin "${provider}" runs isolated.`,
    hint: ({ service }) => `Declare it with defineService('${service}', { remote: true }), if its methods return promises, or have the plugin run inline.`,
  }),
  SERVICE_METHOD_UNKNOWN: entry<{ service: string; method: string }>({
    message: ({ service, method }) => `The service "${service}" has no method "${method}".`,
    hint: () => 'Look up how its plugin describes it; only methods can be called from elsewhere.',
  }),
  SERVICE_DATA_NOT_CLONEABLE: entry<{ service: string; method: string; part: 'arguments' | 'result'; reason: string }>({
    message: ({ service, method, part, reason }) => `What the method "${method}" of the service "${service}" ${part === 'result' ? 'gave' : 'was given'} is not plain data: ${reason}`,
    hint: () => 'Use what structuredClone() can copy, as between everything that runs apart: no functions, no class instances with behaviour.',
  }),
  COMMAND_TIMED_OUT: entry<{ command: string }>({
    exitCode: ExitCode.timedOut,
    message: ({ command }) => `The command "${command}" was cancelled: its time was up.`,
    hint: () => 'Give it more time, or less to do.',
  }),
  EXIT_CODE_INVALID: entry<{ command: string; received: string }>({
    message: ({ command, received }) => `The command "${command}" set the exit code ${received}, which is no whole number from 0 to 255.`,
  }),
  CONFIRMATION_UNAVAILABLE: entry<{ command: string; question: string }>({
    exitCode: ExitCode.usage,
    message: ({ command, question }) => `The command "${command}" asks "${question}", and nobody is there to answer.`,
    hint: () => 'Run it in a terminal, or give the answer as an option.',
  }),
  ANSWER_UNAVAILABLE: entry<{ command: string; question: string }>({
    exitCode: ExitCode.usage,
    message: ({ command, question }) => `The command "${command}" asks "${question}", and nobody is there to answer.`,
    hint: () => 'Run it in a terminal, or give the answer as an option.',
  }),
  ANSWER_INVALID: entry<{ command: string; question: string; answer: string; choices: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ command, question, answer }) => `The command "${command}" asks "${question}", and "${answer}" is none of the answers.`,
    hint: ({ choices }) => `Answer one of ${choices.join(', ')}.`,
  }),
  OUTPUT_UNAVAILABLE: entry<{ command: string }>({
    exitCode: ExitCode.usage,
    message: ({ command }) => `The command "${command}" writes to the output, and the host gave it none.`,
    hint: () => 'Pass { output } to run(), or let the command write to a file. With --json there is no output.',
  }),
  VALIDATOR_MISSING: entry<{ subject: string; module: string }>({
    message: ({ subject, module }) => `The class that describes ${subject} uses class-validator, and ${module} is not installed beside the plugin.`,
    hint: ({ module }) => `Run: npm install ${module}`,
  }),
} as const;
