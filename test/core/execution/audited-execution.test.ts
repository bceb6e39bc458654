import { defineCommand, definePlugin, Structum, type AuditRecord } from '@structum/core';
import { expect } from 'chai';

const greedy = definePlugin({
  name: 'greedy', version: '1.0.0', description: 'Wants much',
  commands: [defineCommand({
    path: 'greedy', description: 'Wants many programs',
    execute: async (_, context) => {
      for (let count = 0; count < 300; count += 1) await context.exec(`${'x'.repeat(5000)}${String(count)}`).catch(() => undefined);
      for (let count = 0; count < 300; count += 1) await context.exec(`program${String(count)}`).catch(() => undefined);
    },
  })],
});

describe('what is denied to a run', () => {
  it('is recorded only so often, and cut where it is long', async () => {
    const records: AuditRecord[] = [];
    const structum = await Structum.create({ plugins: [greedy], audit: (record) => { records.push(record); } });
    await structum.run('greedy', {});
    await structum.dispose();
    const denied = records.filter(({ event }) => event === 'denied');
    expect(denied).to.have.length(100);
    expect(Math.max(...denied.map((record) => JSON.stringify(record).length))).to.be.below(2000);
  });
});
