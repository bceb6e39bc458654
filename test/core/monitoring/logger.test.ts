import { createLogger, silentLogger, type LogLevel, type LogRecord } from '@structum/core';
import { expect } from 'chai';

describe('createLogger', () => {
  it('writes the lines of enabled levels, with their facts', () => {
    const lines: LogRecord[] = [];
    const logger = createLogger({ level: 'warn', write: (line) => void lines.push(line), fields: { app: 'x' } });
    logger.error('one', { n: 1 });
    logger.warn('two');
    logger.info('three');
    logger.child({ plugin: 'tree' }).error('four', { app: 'y' });
    expect(lines.map(({ level, message, fields }) => [level, message, fields])).to.deep.equal([
      ['error', 'one', { app: 'x', n: 1 }],
      ['warn', 'two', { app: 'x' }],
      ['error', 'four', { app: 'y', plugin: 'tree' }],
    ]);
    expect((['error', 'warn', 'info', 'debug', 'trace'] as const).map((level) => logger.isEnabled(level))).to.deep.equal([true, true, false, false, false]);
  });

  it('asks for the level anew, also in loggers made before', () => {
    const lines: string[] = [];
    let level: LogLevel = 'error';
    const child = createLogger({ level: () => level, write: ({ message }) => void lines.push(message) }).child({});
    child.debug('before');
    level = 'debug';
    child.debug('after');
    expect(lines).to.deep.equal(['after']);
  });
});

describe('silentLogger', () => {
  it('is off, and so are its children', () => {
    expect([silentLogger.isEnabled('error'), silentLogger.child({ a: 1 }).isEnabled('error')]).to.deep.equal([false, false]);
  });
});
