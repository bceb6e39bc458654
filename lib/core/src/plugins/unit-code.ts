import { takesInjection, type CommandClass, type CommandManifest, type PluginClass } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { goingDown, unlessLeft } from './blame.js';
import { placementNow, type Elsewhere } from './elsewhere.js';
import type { Injector } from './injector.js';
import { Loader, type LoaderHost } from './loader.js';
import type { PluginUnit } from './plugin-unit.js';

/** What importing plugins' code needs from its host. */
export interface UnitCodeHost extends LoaderHost {
  /** In milliseconds. */
  readonly limits: { readonly load: number; readonly deactivate: number };
  readonly elsewhere?: Elsewhere;
}

/** The classes of plugins and of their commands, imported when they are first needed. */
export class UnitCode {
  readonly #host: UnitCodeHost;
  readonly #injector: Injector;
  readonly #loader: Loader;

  constructor(host: UnitCodeHost, injector: Injector) {
    this.#host = host;
    this.#injector = injector;
    this.#loader = new Loader(host, host.limits.load);
  }

  /**
   * Imports the class of a plugin, which is on its way up.
   *
   * @param after - Its time counts from when that is settled.
   * @throws the codes of loading plugins, `DISPOSED`.
   */
  load(unit: PluginUnit, after: Promise<unknown>): Promise<PluginClass> {
    return unlessLeft(unit, this.#host.limits.deactivate, this.#loader.load(unit, after));
  }

  /**
   * The class of a plugin, imported if need be: it is not taken up for that.
   *
   * @throws `PLUGIN_ISOLATED` where that is not to happen in this thread, and what {@link load} throws.
   */
  async typeOf(unit: PluginUnit): Promise<PluginClass> {
    if (placementNow(unit, this.#host.elsewhere) !== 'inline') throw catalogued('PLUGIN_ISOLATED', { plugin: unit.name });
    return unit.type ?? this.load(unit, Promise.resolve());
  }

  /** The class of one of the plugin's commands. The plugin must be active. */
  commandType(unit: PluginUnit, command: CommandManifest): Promise<CommandClass> {
    let type = unit.commandTypes.get(command.path);
    if (type === undefined) {
      type = this.#importCommand(unit, command);
      unit.commandTypes.set(command.path, type);
    }
    return type;
  }

  async #importCommand(unit: PluginUnit, command: CommandManifest): Promise<CommandClass> {
    const { type } = unit;
    if (type === undefined) throw goingDown(unit);
    const commandType = await this.#loader.loadCommand(unit, type, command);
    if (takesInjection(commandType)) this.#injector.check(unit, type, [commandType]);
    return commandType;
  }
}
