'use strict';

/** Reads every file that git tracks in the working folder, through one buffer: what Node needs to see the bytes. */

const { execFileSync } = require('node:child_process');
const { closeSync, openSync, readSync } = require('node:fs');

const buffer = Buffer.allocUnsafeSlow(8 * 1024 * 1024);
const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\0');
for (const file of files) {
  if (file === '') continue;
  const descriptor = openSync(file, 'r');
  while (readSync(descriptor, buffer, 0, buffer.length, null) > 0);
  closeSync(descriptor);
}
