import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, catalogued } from '@structum/core';
import { expect } from 'chai';
import { root } from '../../support/folder.js';

const domains = join(root, 'lib/core/src/errors/catalogue');

/** The codes that the files of the catalogue define. */
function definedCodes(): readonly string[] {
  return readdirSync(domains).flatMap((file) => [...readFileSync(join(domains, file), 'utf8').matchAll(/^ {2}([A-Z_]+): entry</gm)].map(([, code = '']) => code));
}

describe('the catalogue', () => {
  it('holds each code of each domain, once', () => {
    expect(definedCodes()).to.have.members(Object.keys(catalogue));
  });
});

describe('messages of the catalogue', () => {
  it('name a plugin once that cannot be used', () => {
    const messageOf = (reason: string): string => catalogued('PLUGIN_REJECTED', { plugin: 'wat', reason }).message;
    expect(messageOf('Plugin "wat" (/wat) requires "dep" ^1.0.0, and it is not there.')).to.equal('Plugin "wat" cannot be used: it (/wat) requires "dep" ^1.0.0, and it is not there.');
    expect(messageOf('Plugin "wat" cannot be used for 2 reasons: (1) … (2) …')).to.equal('Plugin "wat" cannot be used for 2 reasons: (1) … (2) …');
    expect(messageOf('Plugin "watt" is disabled.')).to.equal('Plugin "wat" cannot be used: Plugin "watt" is disabled.');
  });

  it('count one as one', () => {
    expect(catalogued('MANIFEST_STALE', { plugin: 'a', file: 'm', differences: ['version'] }).message).to.include(': version differs.');
    expect(catalogued('MANIFEST_STALE', { plugin: 'a', file: 'm', differences: ['version', 'engine'] }).message).to.include(': version, engine differ.');
    expect(catalogued('RELOAD_RETAINED', { modules: 1, bytes: 700, limit: 6_000 }).message).to.include('1 ES module (700 bytes)').and.include('5.9 kB');
    expect(catalogued('RELOAD_LIMIT', { plugin: 'a', modules: 2, bytes: 3_145_728, limit: 2_097_152 }).message).to.include('2 ES modules (3.0 MB)').and.include('2.0 MB');
  });

  it('end with one full stop, whatever they are told', () => {
    expect(catalogued('RELOAD_UNHEALTHY', { plugin: 'a', reason: 'It did not answer within 150 ms.' }).message).to.match(/within 150 ms\.$/);
  });
});
