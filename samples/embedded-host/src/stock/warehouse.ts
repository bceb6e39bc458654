import { StructumError } from '@structum/core';
import type { StockLevel, StockService } from './stock-service.js';

/** The stock, in memory. */
export class Warehouse implements StockService {
  readonly #amounts = new Map([['anchor', 2], ['buoy', 40], ['compass', 7], ['dinghy', 1]]);

  levels(): readonly StockLevel[] {
    return [...this.#amounts].map(([article, amount]) => ({ article, amount }));
  }

  take(article: string, amount: number): number {
    const left = (this.#amounts.get(article) ?? 0) - amount;
    if (left < 0) {
      throw new StructumError({
        code: 'STOCK_SHORT',
        message: `There are not ${String(amount)} of "${article}" in stock.`,
        hint: 'Order less, or wait for the next delivery.',
        details: { article, missing: -left },
      });
    }
    this.#amounts.set(article, left);
    return left;
  }
}
