import { createLogger, Structum, StructumError } from '@structum/core';
import { OrdersPlugin } from './orders/orders-plugin.js';
import { PlaceCommand } from './orders/place-command.js';
import { CountCommand } from './stock/count-command.js';
import { StockPlugin } from './stock/stock-plugin.js';
import { StockService } from './stock/stock-service.js';

const structum = await Structum.create({
  plugins: [OrdersPlugin, StockPlugin],
  config: { plugins: { stock: { low: 1 } } },
  logger: createLogger({ level: 'warn', write: ({ level, message }) => { console.log(`[${level}] ${message}`); } }),
});
structum.on('plugin:activated', ({ plugin }) => { console.log(`${plugin} is active`); });
structum.on('plugin:deactivated', ({ plugin }) => { console.log(`${plugin} is down`); });

await placeAnOrder();
await refuseWrongOrders();
await watchACount();
await cancelACount();
await useAService();
await structum.dispose();

/** The result is typed by the command's class. */
async function placeAnOrder(): Promise<void> {
  const { number, article } = await structum.run(PlaceCommand, { article: 'compass', amount: 3, customer: 'ada@example.org' });
  console.log(`order ${String(number)}: ${article}`);
}

/** Whatever goes wrong is a StructumError; its code says what. */
async function refuseWrongOrders(): Promise<void> {
  const wrong = [
    { article: 'anchor', amount: 0, customer: 'ada@example.org' },
    { article: 'anchor', customer: 'ada', gift: true },
    { article: 'anchor', amount: 3, customer: 'ada@example.org' },
  ];
  for (const input of wrong) {
    try {
      await structum.run(PlaceCommand, input);
    } catch (error) {
      if (!StructumError.is(error)) throw error;
      console.log(`${error.code}: ${error.message}`);
    }
  }
}

/** `start` gives the execution: what happens in it, as it happens, and then its result. */
async function watchACount(): Promise<void> {
  const execution = structum.start(CountCommand, {});
  for await (const event of execution) {
    if (event.type === 'progress') console.log(`${String(event.completed)} of ${String(event.total)} ${event.unit ?? ''}`);
    if (event.type === 'item') console.log(event.item);
  }
  console.log(`${String((await execution.result).length)} articles`);
}

async function cancelACount(): Promise<void> {
  const execution = structum.start(CountCommand, {}, { collect: false });
  for await (const event of execution) {
    if (event.type === 'item') execution.cancel('closing time');
  }
  try {
    await execution.result;
  } catch (error) {
    console.log(`${String(error)} (exit code ${String(execution.exitCode)})`);
  }
}

async function useAService(): Promise<void> {
  const stock = await structum.services.get(StockService);
  console.log('compasses left:', stock.levels().find(({ article }) => article === 'compass')?.amount);
  console.log('stock owns:', structum.registry.plugin('stock')?.owned);
}
