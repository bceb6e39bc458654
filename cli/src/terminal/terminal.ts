import type { Logger, Structum, StructumError } from '@structum/core';
import type { GlobalValues } from '../command-line/global-options.js';
import { crashError } from '../crashes.js';
import { columnsOf } from './columns.js';
import { errorReport, type ErrorReportOptions } from './error-report.js';
import { terminalLogger, type LogSettings } from './log.js';
import { guardProcess } from './guard-process.js';
import type { ProgressBar } from './progress-bar.js';
import { Prompt } from './prompt.js';
import { StandardError } from './standard-error.js';
import { StandardOutput } from './standard-output.js';
import { styleOf, wantsColor, wantsUnicode, type Style } from './style.js';

/** Where a command line reads and writes, as its global options want it. */
export class Terminal {
  readonly stderr: StandardError;
  readonly prompt: Prompt;
  readonly logger: Logger;
  readonly #globals: Readonly<GlobalValues>;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #logSettings: LogSettings = { level: 'info', json: false, style: styleOf(false) };
  #postponed: StructumError[] = [];
  #stdout: StandardOutput | undefined;
  #whenClosed: () => void = () => undefined;
  #host: Structum | undefined;

  /** @param globals - Looked at when something is written: they may still be filled in. */
  constructor(globals: Readonly<GlobalValues>, env: Readonly<Record<string, string | undefined>>) {
    this.#globals = globals;
    this.#env = env;
    this.stderr = new StandardError(env, (text) => this.#redact(text));
    this.prompt = new Prompt(this.stderr);
    this.logger = terminalLogger(this.stderr, this.#logSettings);
  }

  /** From now on nothing is told of the secrets that `host` knows, also not by plugins that write to the process's own streams. */
  keepSecretsOf(host: Structum): void {
    this.#host = host;
    host.on('secrets:known', () => {
      guardProcess(host, (error) => { this.report(crashError(error, host.registry)); });
    });
  }

  /** Standard output, opened on first use, when all options are known. */
  get stdout(): StandardOutput {
    this.#stdout ??= new StandardOutput({
      color: (isTerminal) => this.#wantsColor(isTerminal),
      unicode: wantsUnicode(this.#env),
      columns: (told) => columnsOf(told, this.#env),
      beforeWrite: () => { this.stderr.clear(); },
      onClosed: () => { this.#whenClosed(); },
    });
    return this.#stdout;
  }

  /** The looks of text on standard error. */
  get errorStyle(): Style {
    return styleOf(this.#wantsColor(this.stderr.isTerminal));
  }

  /** Whether somebody watches who may be shown how far things are. */
  get showsProgress(): boolean {
    return this.stderr.isTerminal && this.#globals.quiet !== true && this.#globals.json !== true;
  }

  /** A bar for one execution. */
  async progressBar(): Promise<ProgressBar> {
    const { ProgressBar } = await import('./progress-bar.js');
    return new ProgressBar(this.stderr, wantsUnicode(this.#env));
  }

  /** Sets what the logger lets through: with `quiet` errors, with `verbose` everything but traces. */
  applyLogOptions({ untilReady = false }: { readonly untilReady?: boolean } = {}): void {
    const { quiet, verbose, json } = this.#globals;
    this.#logSettings.level = verbose === true ? 'debug' : quiet === true || untilReady ? 'error' : 'info';
    this.#logSettings.json = json === true;
    this.#logSettings.style = this.errorStyle;
  }

  /** Keeps a warning of which the log says nothing yet, until it is known whether a command runs that it is for. */
  postpone(warning: StructumError): void {
    if (this.#logSettings.level === 'error') this.#postponed.push(warning);
  }

  tellPostponed(): void {
    for (const { message, code, hint } of this.#postponed.splice(0)) this.logger.warn(message, { code, hint });
  }

  /** Calls `action` when the reader of standard output goes. */
  onClosed(action: () => void): void {
    this.#whenClosed = action;
  }

  /** Tells of an error, in text or in JSON. */
  report(error: unknown, details: Pick<ErrorReportOptions, 'usage' | 'labels'> = {}): void {
    this.stderr.write(errorReport(this.#redact(error), {
      json: this.#globals.json === true,
      verbose: this.#globals.verbose === true,
      style: this.errorStyle,
      isTerminal: this.stderr.isTerminal,
      ...details,
    }));
  }

  #redact<Value>(value: Value): Value {
    return this.#host?.redact(value) ?? value;
  }

  #wantsColor(isTerminal: boolean): boolean {
    return wantsColor({ flag: this.#globals.color, env: this.#env, isTerminal });
  }
}
