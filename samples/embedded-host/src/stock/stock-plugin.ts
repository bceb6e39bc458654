import { Inject, Plugin, Setting, type PluginContext } from '@structum/core';
import { CountCommand } from './count-command.js';
import { StockService } from './stock-service.js';
import { Warehouse } from './warehouse.js';

/** What the host may set for this plugin. */
class StockSettings {
  @Setting({ description: 'At or below this amount an article is said to run low', minimum: 0 })
  low = 0;
}

const HOUR = 3_600_000;

/** Keeps the warehouse, and lets other plugins use it. */
@Plugin({
  name: 'stock',
  version: '1.2.0',
  description: 'What the shop has on its shelves',
  provides: [StockService],
  providers: [{ provide: StockService, useClass: Warehouse }],
  settings: StockSettings,
  commands: [CountCommand],
})
export class StockPlugin {
  constructor(@Inject(StockService) private readonly stock: StockService) {}

  onActivate(context: PluginContext<StockSettings>): void {
    const { low } = context.config;
    const check = (): void => {
      const short = this.stock.levels().filter(({ amount }) => amount <= low);
      if (short.length > 0) context.logger.warn(`Running low: ${short.map(({ article }) => article).join(', ')}`);
    };
    check();
    const timer = setInterval(check, HOUR);
    // Deactivation ends it; without that, the timer would keep the process alive.
    context.own(() => { clearInterval(timer); }, 'hourly stock check');
  }
}
