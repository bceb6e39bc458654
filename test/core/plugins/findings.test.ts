import { expect } from 'chai';
import { catalogued } from '#internal/core/errors/index.js';
import { Findings } from '#internal/core/plugins/findings.js';

const finding = (subject: string): ReturnType<typeof catalogued> => catalogued('DISPOSED', { subject });

describe('what is found while plugins are looked up', () => {
  it('is told of when the look is over, once, in the order in which it was found', () => {
    const told: unknown[] = [];
    const findings = new Findings(({ details }) => told.push(details?.['subject']));
    findings.add('one', finding('one'));
    findings.add('other', finding('other'));
    findings.add('one', finding('one again'));
    expect(told).to.deep.equal([]);
    findings.tell();
    findings.add('other', finding('other again'));
    findings.tell();
    expect(told).to.deep.equal(['one', 'other']);
  });

  it('is told of at once where who hears of something else looks it up', () => {
    const told: unknown[] = [];
    const findings = new Findings(({ details }) => {
      told.push(details?.['subject']);
      findings.add('next', finding('next'));
      findings.tell();
    });
    findings.add('first', finding('first'));
    findings.add('last', finding('last'));
    findings.tell();
    expect(told).to.deep.equal(['first', 'last', 'next']);
  });
});
