import type { Lifecycle } from '../plugins/lifecycle.js';
import type { CommandCall, Executor } from './executor.js';
import { placementOfCall } from './placement.js';

/** Hands each call to the executor of where it is carried out. */
export class RoutedExecutor implements Executor {
  readonly #lifecycle: Lifecycle;
  readonly #inline: Executor;
  readonly #elsewhere: () => Promise<Executor>;

  constructor(lifecycle: Lifecycle, inline: Executor, elsewhere: () => Promise<Executor>) {
    this.#lifecycle = lifecycle;
    this.#inline = inline;
    this.#elsewhere = elsewhere;
  }

  async execute(call: CommandCall): Promise<unknown> {
    const isInline = placementOfCall(call, this.#lifecycle) === 'inline';
    return (isInline ? this.#inline : await this.#elsewhere()).execute(call);
  }
}
