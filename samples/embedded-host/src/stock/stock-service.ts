import { defineService } from '@structum/core';

/** How much of an article there is. */
export interface StockLevel {
  readonly article: string;
  readonly amount: number;
}

/** The warehouse, for other plugins. */
export interface StockService {
  /** Every article, by name. */
  levels(): readonly StockLevel[];
  /**
   * Takes `amount` of an article out and gives what is left.
   * @throws `STOCK_SHORT` when there is less.
   */
  take(article: string, amount: number): number;
}

export const StockService = defineService<StockService>('shop.stock');
