import { setTimeout } from 'node:timers/promises';
import { Command, Inject, type CommandContext, type Output } from '@structum/core';
import { StockService, type StockLevel } from './stock-service.js';

const MILLISECONDS_PER_SHELF = 5;

/** Walks along the shelves and tells of each as soon as it is counted. */
@Command({ path: 'stock count', description: 'Count what is on the shelves' })
export class CountCommand {
  constructor(@Inject(StockService) private readonly stock: StockService) {}

  async *execute(_input: object, { progress, signal }: CommandContext): AsyncGenerator<StockLevel> {
    const levels = this.stock.levels();
    for (const [index, level] of levels.entries()) {
      await setTimeout(MILLISECONDS_PER_SHELF, undefined, { signal });
      progress.report({ message: 'counting', completed: index + 1, total: levels.length, unit: 'shelves' });
      yield level;
    }
  }

  renderItem({ article, amount }: StockLevel, out: Output): void | Promise<void> {
    return out.line(`${article}: ${String(amount)}`);
  }
}
