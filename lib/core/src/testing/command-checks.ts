import { StructumError, type CommandManifest, type InputProperty, type InputSchema } from '../index.js';
import { checkInput } from '../manifest/index.js';
import { readExample } from './example-line.js';
import { failure } from './failure.js';
import type { TestHost } from './test-host.js';

/** Fails where an example of the command could not be run as it stands. */
export function expectExamplesRun(command: CommandManifest): void {
  const problems = command.examples.flatMap(({ command: line }) => {
    const { input, problems: reading } = readExample(line, command);
    const checked = reading.length > 0 ? [] : checkInput(command.input, input, { env: {} }).problems;
    return [...reading, ...checked.map(({ field, message }) => `${field} ${message}`)].map((problem) => `${line}: ${problem}`);
  });
  if (problems.length > 0) throw failure({ message: `Examples of the command "${command.path}" do not work:`, problems, remedy: 'Correct them in the description of the command: people copy them.' });
}

/** Fails where what the help shows of the command would not read well: empty, of several lines, with control characters. */
export function expectHelpReads(command: CommandManifest): void {
  const { description, details, deprecated, examples, input } = command;
  const options = Object.entries(input.properties);
  const problems = [
    ...lineProblems('its description', description),
    ...(details === undefined ? [] : textProblems('its details', details)),
    ...(deprecated === undefined ? [] : lineProblems('what it says of its deprecation', deprecated)),
    ...examples.flatMap((example) => [...lineProblems('an example', example.command), ...lineProblems(`the description of "${example.command}"`, example.description)]),
    ...options.flatMap(([name, property]) => lineProblems(`the description of "${name}"`, property.description ?? '')),
  ];
  if (problems.length > 0) throw failure({ message: `The help of the command "${command.path}" does not read well:`, problems, remedy: 'Say it in one plain line each.' });
}

function lineProblems(subject: string, text: string): readonly string[] {
  if (text.trim() === '') return [`${subject} is empty`];
  return /[\r\n]/.test(text) ? [`${subject} has several lines`] : textProblems(subject, text);
}

function textProblems(subject: string, text: string): readonly string[] {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/.test(text)) return [`${subject} has control characters; leave colours to the command line`];
  return text === text.trim() ? [] : [`${subject} begins or ends with white space`];
}

/** Fails where a default is no value that the command would take. */
export function expectDefaultsValid(command: CommandManifest): void {
  const defaults = Object.fromEntries(Object.entries(command.input.properties).flatMap(([name, property]) => (property.default === undefined ? [] : [[name, property.default]])));
  const problems = checkInput({ ...command.input, required: [] }, defaults, { env: {} }).problems.map(({ field, message }) => `${field} ${message}: ${JSON.stringify(defaults[field.split(/[.[]/)[0] ?? ''])}`);
  if (problems.length > 0) throw failure({ message: `Defaults of the command "${command.path}" break its own rules:`, problems, remedy: 'Change the default, or the rule.' });
}

/** Fails where the command takes a field that it does not know, or none that is wrong. */
export async function expectUnknownRefused(host: TestHost, command: CommandManifest): Promise<void> {
  const unknown = 'unknownToEveryCommand';
  const input = { ...sampleOf(command.input), [unknown]: true };
  const error = await errorOf(host.start(command.path, input, { signal: AbortSignal.timeout(PATIENCE) }).result);
  if (error?.code === 'INPUT_INVALID') return;
  throw failure({
    message: `The command "${command.path}" was given a field that it does not have, and ${error === undefined ? 'took it' : `answered with ${error.code}: ${error.message}`}.`,
    remedy: 'Generate the manifest anew: its schema is what refuses fields.',
    actual: error?.code,
    expected: 'INPUT_INVALID',
    cause: error,
  });
}

/** Fails where the command runs although it was cancelled before it began. */
export async function expectCancelledAtStart(host: TestHost, command: CommandManifest): Promise<void> {
  const before = host.events.length;
  const error = await errorOf(host.start(command.path, sampleOf(command.input), { signal: AbortSignal.abort() }).result);
  const began = host.events.slice(before).some(({ name }) => name === 'command:started');
  if (error?.code === 'COMMAND_CANCELLED' && !began) return;
  throw failure({
    message: `The command "${command.path}" was cancelled before it began, and ${began ? 'ran all the same' : `ended with ${error?.code ?? 'a result'}`}.`,
    remedy: 'Look at context.signal before anything else is done.',
    actual: error?.code,
    expected: 'COMMAND_CANCELLED',
    cause: error,
  });
}

const PATIENCE = 30_000;

async function errorOf(result: Promise<unknown>): Promise<StructumError | undefined> {
  try {
    await result;
    return undefined;
  } catch (error) {
    if (StructumError.is(error)) return error;
    throw error;
  }
}

/** An input that has what must be given; it need not be good for anything. */
function sampleOf({ properties, required }: InputSchema): Readonly<Record<string, unknown>> {
  return Object.fromEntries(required.map((name) => [name, valueFor(properties[name])]));
}

function valueFor(property: InputProperty | undefined): unknown {
  if (property?.enum !== undefined) return property.enum[0];
  switch (property?.type) {
    case 'integer':
    case 'number': return property.minimum ?? property.maximum ?? 1;
    case 'boolean': return true;
    case 'array': return [];
    default: return 'x'.repeat(Math.max(1, property?.minLength ?? 1));
  }
}
