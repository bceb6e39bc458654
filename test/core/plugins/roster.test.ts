import { definePlugin } from '@structum/core';
import { expect } from 'chai';
import { admit, admitPackage } from '#internal/core/plugins/admission.js';
import type { PluginUnit } from '#internal/core/plugins/plugin-unit.js';
import { AppliedPolicy } from '#internal/core/plugins/policy.js';
import { Roster } from '#internal/core/plugins/roster.js';
import { MemoryCatalog } from './memory-catalog.js';

/** Packages of the plugin `tool`, each with a command called like its folder. */
const packages = (...folders: readonly string[]): readonly PluginUnit[] =>
  new MemoryCatalog(folders.map((folder) => ({ name: 'tool', folder, paths: [folder] }))).all().map(admitPackage);

async function given(): Promise<PluginUnit> {
  return (await admit(definePlugin({ name: 'tool', version: '1.0.0', description: 'tool' }), { locations: [], limit: 1_000 })).unit;
}

describe('the roster of the plugins that a host knows', () => {
  let roster: Roster;

  beforeEach(() => {
    roster = new Roster(new AppliedPolicy());
  });

  it('finds the first of those of a name, and holds the others back', () => {
    const [first, second] = packages('a', 'b');
    roster.take('tool', packages());
    expect(roster.unit('tool')).to.equal(undefined);
    roster.take('tool', [first, second].filter((unit) => unit !== undefined));
    expect([roster.unit('tool'), roster.namesakesOf('tool')]).to.deep.equal([first, [second]]);
    expect([...roster.find('command', 'a'), ...roster.find('command', 'b')]).to.deep.equal([first]);
  });

  it('puts what the host was given before what was discovered, until it is taken out', async () => {
    const [first, second] = packages('a', 'b');
    const own = await given();
    roster.take('tool', [first, second].filter((unit) => unit !== undefined));
    roster.add(own);
    expect([roster.unit('tool'), roster.namesakesOf('tool'), roster.isFirm(own), [...roster.find('command', 'a')]]).to.deep.equal([own, [first, second], true, []]);
    roster.remove(own);
    expect([roster.unit('tool'), roster.namesakesOf('tool'), roster.isGiven(own), [...roster.find('command', 'a')]]).to.deep.equal([first, [second], false, [first]]);
  });

  it('judges anew what counts in the place of what was taken out', () => {
    const [first, second] = packages('a', 'b');
    if (first === undefined || second === undefined) throw new Error('There are two packages.');
    roster.take('tool', [first, second]);
    second.judged(undefined);
    roster.remove(first);
    expect([roster.unit('tool'), second.state]).to.deep.equal([second, 'discovered']);
  });

  it('finds what is in the place of another as it found that', async () => {
    const own = await given();
    roster.add(own);
    const fresh = own.renewed();
    roster.replace(own, fresh);
    expect([roster.unit('tool'), roster.isGiven(fresh), roster.isGiven(own), [...roster.find('category', 'utility')]]).to.deep.equal([fresh, true, false, [fresh]]);
  });

  it('keeps what was given and what is in use when it starts anew', async () => {
    const [idle, busy] = [...packages('a'), ...new MemoryCatalog([{ name: 'busy', paths: ['work'] }]).all().map(admitPackage)];
    if (idle === undefined || busy === undefined) throw new Error('There are two packages.');
    roster.take('tool', [idle]);
    roster.take('busy', [busy]);
    busy.running.add({ settled: Promise.resolve(), cancel: () => undefined });
    roster.startAnew();
    expect([[...roster.units], [...roster.find('command', 'a')], [...roster.find('command', 'work')]]).to.deep.equal([[busy], [], [busy]]);
    const own = await given();
    roster.add(own);
    roster.startAnew();
    expect([...roster.names]).to.have.members(['busy', 'tool']);
  });
});
