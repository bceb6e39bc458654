import type { Event, parseEvents } from 'js-yaml';
import type { Syntax } from '../document.js';
import { DEEPEST, invalidFile } from '../problems.js';
import { problemsInYaml } from './problems.js';
import { problemOf } from './reason.js';
import { withoutSeparatingTabs } from './separation.js';
import { yamlTree } from './tree.js';

/**
 * Reads YAML 1.2 with its core schema: no dates, no `yes` for true, no merge keys, no tags but the schema's.
 *
 * @throws `CONFIG_FILE_INVALID` for what is no YAML, holds keys twice or more than one document, or explodes
 *   when its aliases are followed.
 */
export async function readYaml(text: string, file: string): Promise<Syntax> {
  const { parseEvents, constructFromEvents, getScalarValue, YAMLException } = await import('js-yaml');
  try {
    const events = eventsOf(text, parseEvents);
    const problems = problemsInYaml(events, text, (scalar) => getScalarValue(text, scalar));
    if (problems.length > 0) throw invalidFile(file, text, problems);
    const [data] = constructFromEvents(events, { source: text });
    return { data: data ?? undefined, root: () => yamlTree(events, text, (scalar) => getScalarValue(text, scalar)) };
  } catch (error) {
    if (error instanceof YAMLException) throw invalidFile(file, text, [problemOf(error.reason, text, error.mark?.position ?? 0)]);
    if (error instanceof RangeError) throw invalidFile(file, text, [{ at: 0, problem: 'holds something that is no YAML' }]);
    throw error;
  }
}

/** The events have the offsets that are in the text also where it is read without its tabs. */
function eventsOf(text: string, parse: typeof parseEvents): Event[] {
  const options = { maxDepth: DEEPEST };
  try {
    return parse(text, options);
  } catch (error) {
    const isOfTab = text.includes('\t') && (error as { readonly reason?: unknown }).reason === 'deficient indentation';
    if (!isOfTab) throw error;
    return parse(withoutSeparatingTabs(text), options);
  }
}
