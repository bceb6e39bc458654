import { Injectable } from '@structum/core';

/** An order that was taken. */
export interface Order {
  readonly number: number;
  readonly article: string;
  readonly amount: number;
}

/** Numbers orders and keeps them. One for the whole plugin. */
@Injectable()
export class OrderBook {
  readonly #orders: Order[] = [];

  enter(article: string, amount: number): Order {
    const order = { number: this.#orders.length + 1, article, amount };
    this.#orders.push(order);
    return order;
  }
}
