import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Destination } from '#internal/archive/destination.js';
import { Entries } from '#internal/archive/entries.js';
import { FileReader, type FileContent } from '#internal/archive/file-reader.js';
import { PartWriter } from '#internal/archive/part-writer.js';
import { Pulse } from '#internal/archive/pulse.js';
import type { Skipped } from '#internal/archive/result.js';
import { expect } from 'chai';
import { temporaryFolder, writeFiles } from '../../support/folder.js';
import { parseArchive, type ParsedArchive } from '../../support/parse-archive.js';

/** A tree that is not as it was when it was listed. */
describe('PartWriter, when the tree changes meanwhile', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });

  it('reports what is gone, or has become a folder, and goes on', async () => {
    mkdirSync(join(folder, 'folder'));
    writeFiles(folder, { 'z.txt': 'z\n' });
    const { parsed, skipped } = await write(folder, ['folder', 'gone', 'gone-too/a', 'z.txt']);
    expect(skipped).to.deep.equal([
      { path: 'folder', reason: 'unreadable', detail: 'it has become a folder' },
      { path: 'gone', reason: 'unreadable', detail: 'it is no longer there' },
      { path: 'gone-too/a', reason: 'unreadable', detail: 'it is no longer there' },
    ]);
    expect(parsed.entries.map(({ content }) => content?.toString())).to.deep.equal([undefined, undefined, undefined, 'z\n']);
  });

  for (const [change, changed] of [
    ['got a longer fence', `${'text\n'.repeat(50)}\`\`\`\`\`\`\n### not a heading\n`],
    ['became binary', `${'text\n'.repeat(50)}\0`],
    ['lost its end', 'text'],
    ['got other line ends', 'text\r\n'.repeat(50)],
  ] as const) {
    it(`keeps a long text that ${change} within its fence, and says so`, async () => {
      writeFiles(folder, { 'a.txt': 'text\n'.repeat(50), 'z.txt': 'z\n' });
      const reader = new ReaderWithEvents(32, (path) => {
        if (path.endsWith('a.txt')) writeFileSync(path, changed);
      });
      const { parsed, skipped } = await write(folder, ['a.txt', 'z.txt'], reader);
      expect(skipped).to.deep.equal([{ path: 'a.txt', reason: 'changed' }]);
      expect(parsed.entries.map(({ path }) => path)).to.deep.equal(['a.txt', 'z.txt']);
      expect(parsed.entries[0]?.facts).to.deep.equal(['it changed while it was copied: not to be relied on']);
      expect(parsed.entries[1]?.content?.toString()).to.equal('z\n');
    });
  }
});

/** Does something between the two times that a long file is gone through. */
class ReaderWithEvents extends FileReader {
  constructor(
    bufferBytes: number,
    private readonly onExamined: (path: string) => void,
  ) {
    super(bufferBytes);
  }

  override read(path: string, pulse: Pulse, use: (content: FileContent) => Promise<void> | undefined): Promise<void> {
    return super.read(path, pulse, (content) => {
      this.onExamined(path);
      return use(content);
    });
  }
}

async function write(root: string, files: readonly string[], reader = new FileReader()): Promise<{ parsed: ParsedArchive; skipped: Skipped[] }> {
  const chunks: Buffer[] = [];
  const skipped: Skipped[] = [];
  const ignore = (): void => undefined;
  const destination: Destination = { write: (bytes) => void chunks.push(Buffer.from(bytes)), close: ignore, commit: ignore, discard: ignore };
  const workshop = {
    root,
    reader,
    pulse: new Pulse(new AbortController().signal),
    tree: undefined,
    toc: true,
    onSkip: (skip: Skipped) => void skipped.push(skip),
    onEntry: ignore,
  };
  const entries = new Entries();
  for (const file of files) entries.add(file);
  await new PartWriter(workshop, destination).write('title', entries);
  return { parsed: parseArchive(Buffer.concat(chunks)), skipped };
}
