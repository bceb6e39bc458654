import { Command, Inject, type CommandContext } from '@structum/core';
import { StockService } from '../stock/stock-service.js';
import { OrderBook, type Order } from './order-book.js';
import { PlaceInput } from './place-input.js';

/** Takes an order, if there is enough in stock. */
@Command({ path: 'order place', description: 'Place an order', input: PlaceInput })
export class PlaceCommand {
  constructor(
    private readonly book: OrderBook, // a class: its type says what to inject
    @Inject(StockService) private readonly stock: StockService, // an interface has no type at run time: its token does
  ) {}

  execute({ article, amount }: PlaceInput, { logger }: CommandContext): Order {
    const left = this.stock.take(article, amount);
    logger.info(`${String(left)} of "${article}" left`);
    return this.book.enter(article, amount);
  }
}
