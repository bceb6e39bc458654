import { createLogger, type LogRecord } from '@structum/core';
import { expect } from 'chai';
import { writeRecord } from '#internal/core/execution/remote/log-lines.js';

describe('a log line that a guest sent', () => {
  it('tells its own facts, and nobody else\'s name', () => {
    const records: LogRecord[] = [];
    const logger = createLogger({ write: (record) => { records.push(record); } }).child({ plugin: 'probe', command: 'probe tells' });
    writeRecord(logger, { level: 'warn', message: 'told', fields: { plugin: 'tree', command: 'tree', count: 1 }, errors: {} });
    expect(records.map(({ fields }) => fields)).to.deep.equal([{ plugin: 'probe', command: 'probe tells', count: 1 }]);
  });
});
