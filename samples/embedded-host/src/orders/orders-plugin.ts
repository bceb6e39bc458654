import { Plugin } from '@structum/core';
import { OrderBook } from './order-book.js';
import { PlaceCommand } from './place-command.js';

/** Takes orders. It needs the stock, so that plugin is taken up before it, and taken down after it. */
@Plugin({
  name: 'orders',
  version: '1.0.0',
  description: 'What customers buy',
  requires: { stock: '^1.0.0' },
  providers: [OrderBook],
  commands: [PlaceCommand],
  // class-validator is imported from where this module finds it.
  module: import.meta.url,
})
export class OrdersPlugin {}
