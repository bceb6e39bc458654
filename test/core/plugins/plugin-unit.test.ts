import { definePlugin, type PluginState } from '@structum/core';
import { expect } from 'chai';
import { catalogued } from '#internal/core/errors/index.js';
import { admit } from '#internal/core/plugins/admission.js';
import { NEXT_STATES } from '#internal/core/plugins/plugin-states.js';
import type { PluginUnit } from '#internal/core/plugins/plugin-unit.js';

const type = definePlugin({ name: 'x', version: '1.0.0', description: 'x' });
const reason = catalogued('DISPOSED', { subject: 'This test' });

async function unit(): Promise<PluginUnit> {
  return (await admit(type, { locations: [], limit: 1_000 })).unit;
}

/** What brings a unit into a state, whatever state it is in. */
const STEPS: Readonly<Record<PluginState, (unit: PluginUnit) => void>> = {
  discovered: (it) => { it.reconsider(); },
  resolved: (it) => { it.judged(undefined); },
  rejected: (it) => { it.judged(reason); },
  disabled: (it) => { it.disabled(reason); },
  loaded: (it) => { it.loaded(type, 1); },
  active: (it) => { it.activated({}, 1); },
  failed: (it) => { it.failed(reason); },
  stopped: (it) => { it.stopped(); },
};

/** A way to each state from the first. */
const WAYS: Readonly<Record<PluginState, readonly PluginState[]>> = {
  discovered: [],
  resolved: ['resolved'],
  rejected: ['rejected'],
  disabled: ['disabled'],
  loaded: ['resolved', 'loaded'],
  active: ['resolved', 'loaded', 'active'],
  failed: ['resolved', 'failed'],
  stopped: ['resolved', 'loaded', 'active', 'stopped'],
};

const STATES = Object.keys(STEPS) as PluginState[];

async function unitThatIs(state: PluginState): Promise<PluginUnit> {
  const made = await unit();
  for (const step of WAYS[state]) STEPS[step](made);
  expect(made.state).to.equal(state);
  return made;
}

/** Judging what is already judged, or on its way, says nothing: it came too late. */
const LATE: ReadonlySet<PluginState> = new Set(['discovered', 'resolved', 'rejected', 'disabled']);

describe('PluginUnit', () => {
  for (const from of STATES) {
    it(`that is ${from} becomes ${NEXT_STATES[from].join(', ') || 'nothing else'}`, async () => {
      for (const to of STATES) {
        const made = await unitThatIs(from);
        if (NEXT_STATES[from].includes(to)) {
          STEPS[to](made);
          expect(made.state).to.equal(to);
        } else {
          if (LATE.has(to)) STEPS[to](made);
          else expect(() => { STEPS[to](made); }, `${from} to ${to}`).to.throw(`cannot be ${to}: it is ${from}`);
          expect(made.state).to.equal(from);
        }
      }
    });
  }

  it('stays as it was judged from when it is on its way up', async () => {
    const made = await unitThatIs('resolved');
    made.begin('inline');
    made.reconsider();
    expect(made.state).to.equal('resolved');
  });

  it('tells of each change once, and of what takes its place', async () => {
    const seen: string[] = [];
    const observe = (_: PluginUnit, from = 'nowhere', to = 'nowhere'): void => void seen.push(`${from} > ${to}`);
    const [old, fresh] = [await unit(), await unit()];
    old.observe(observe);
    old.judged(undefined);
    old.judged(undefined);
    old.loaded(type, 1);
    old.activated({}, 1);
    fresh.judged(undefined); // Nobody watches it yet.
    fresh.takePlaceOf(old);
    fresh.takePlaceOf(old);
    old.stopped(); // Nobody watches it any more.
    fresh.loaded(type, 1);
    fresh.left();
    fresh.activated({}, 1);
    expect(seen).to.deep.equal(['nowhere > discovered', 'discovered > resolved', 'resolved > loaded', 'loaded > active', 'active > resolved', 'resolved > loaded', 'loaded > nowhere']);
  });

  it('is renewed without what it was', async () => {
    const old = await unitThatIs('active');
    old.owned.add(() => undefined, 'thing');
    const fresh = old.renewed();
    expect(fresh.toRecord()).to.deep.include({ name: 'x', state: 'discovered', owned: [], timings: {}, generation: 1 });
    expect(fresh.code).to.deep.equal({ type });
  });
});
