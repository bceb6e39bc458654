import { expect } from 'chai';
import { seatbeltProfile } from '#internal/core/security/sandbox/backends/seatbelt.js';

describe('a profile for sandbox-exec', () => {
  const granted = { read: ['/Users/ada/plug"in'], write: ['/Users/ada/out'], folder: '/Users/ada', links: [{ path: '/tmp', target: 'private/tmp' }] };
  const lines = seatbeltProfile(granted, '/private/tmp/own', '/usr/local/bin/node').split('\n');

  it('denies all, and names the network and processes once more, after what the system lets programs do', () => {
    expect(lines.slice(0, 5)).to.deep.equal(['(version 1)', '(deny default)', '(import "system.sb")', '(deny network*)', '(deny process-fork)']);
  });

  it('lets Node be started, and nothing else', () => {
    expect(lines.filter((line) => line.includes('process-exec'))).to.deep.equal(['(allow process-exec (literal "/usr/local/bin/node"))']);
  });

  it('lets be read and written what is granted, with quotes in names', () => {
    expect(lines.at(-2)).to.equal(String.raw`(allow file-read* (literal "/Users/ada/plug\"in") (subpath "/Users/ada/plug\"in") (literal "/Users/ada/out") (subpath "/Users/ada/out") (literal "/private/tmp/own") (subpath "/private/tmp/own"))`);
    expect(lines.at(-1)).to.equal('(allow file-write* (literal "/Users/ada/out") (subpath "/Users/ada/out") (literal "/private/tmp/own") (subpath "/private/tmp/own"))');
  });

  it('shows the folders and links on the way, and nothing in them', () => {
    expect(lines.at(-3)).to.match(/^\(allow file-read-metadata \(literal "\/tmp"\) \(literal "\/"\) \(literal "\/Users"\) \(literal "\/Users\/ada"\)/);
  });
});
