import { visibleText } from '@structum/walk';
import { drawEntries } from './draw.js';
import { PathEntries } from './path-entries.js';
import { lookOf } from './theme.js';
import type { DrawOptions, TreeService } from './tree-service.js';

/** The {@link TreeService} of this plugin. */
export class TreeDrawer implements TreeService {
  *draw(paths: readonly string[], options: DrawOptions = {}): Generator<string, void, undefined> {
    if (options.rootLabel !== undefined) yield visibleText(options.rootLabel);
    yield* drawEntries(new PathEntries(paths), lookOf(options.theme ?? 'unicode'));
  }
}
