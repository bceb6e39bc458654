import type { Structum, StructumEvents } from '@structum/core';

type Name = 'config:changed' | 'config:refused' | 'config:recovered';

/** What a host tells of its configuration, in order. */
export class ConfigNews {
  /** Told, and not looked at yet. */
  readonly unread: { readonly name: Name; readonly payload: StructumEvents[Name] }[] = [];
  #heard: () => void = () => undefined;

  constructor(structum: Structum) {
    for (const name of ['config:changed', 'config:refused', 'config:recovered'] as const) {
      structum.on(name, (payload) => {
        this.unread.push({ name, payload });
        this.#heard();
      });
    }
  }

  /** What is told next, which must be of that name. */
  async next<Expected extends Name>(expected: Expected): Promise<StructumEvents[Expected]> {
    while (this.unread.length === 0) await new Promise<void>((resolve) => { this.#heard = resolve; });
    const next = this.unread.shift();
    if (next?.name !== expected) throw new Error(`expected ${expected}, and was told ${JSON.stringify(next)}`);
    return next.payload as StructumEvents[Expected];
  }

  /** The name of what is told next. */
  async any(): Promise<Name> {
    while (this.unread.length === 0) await new Promise<void>((resolve) => { this.#heard = resolve; });
    return this.unread.shift()?.name ?? 'config:changed';
  }

  /** The keys that change next. */
  async changed(): Promise<readonly string[]> {
    return (await this.next('config:changed')).changed;
  }

  /** The code of why the next change is refused. */
  async refused(): Promise<string> {
    const { error } = await this.next('config:refused');
    return String((error.cause as { code?: string } | undefined)?.code);
  }
}
