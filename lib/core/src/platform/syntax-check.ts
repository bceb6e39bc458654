import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';

/** The first of these modules that Node cannot read for the reason `message`, with the line. Nothing of them is run. */
export async function syntaxErrorIn(files: readonly string[], message: string): Promise<{ readonly file: string; readonly line: number } | undefined> {
  const left = files.slice(0, MOST_FILES);
  for (let some = left.splice(0, AT_ONCE); some.length > 0; some = left.splice(0, AT_ONCE)) {
    const lines = await Promise.all(some.map((file) => lineOf(file, message)));
    const index = lines.findIndex((line) => line !== undefined);
    const [file, line] = [some[index], lines[index]];
    if (file !== undefined && line !== undefined) return { file, line };
  }
  return undefined;
}

/** A process for each: within one, Node does not tell where it cannot read an ES module. */
function lineOf(file: string, message: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--check', realpathSync(file)], { env: { ELECTRON_RUN_AS_NODE: '1' }, timeout: LONGEST, windowsHide: true }, (error, _stdout, stderr) => {
      const line = error !== null && stderr.includes(`SyntaxError: ${message}`) ? /^.*:(\d+)\r?$/m.exec(stderr)?.[1] : undefined;
      resolve(line === undefined ? undefined : Number(line));
    });
  });
}

const MOST_FILES = 200;
const AT_ONCE = 4;
/** Milliseconds. */
const LONGEST = 5_000;
