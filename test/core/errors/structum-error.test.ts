import { expect } from 'chai';
import { messageOf } from '#internal/core/errors/index.js';

describe('messageOf', () => {
  it('gives the message of an error, and the text of anything else', () => {
    expect([new Error('broken'), 'text', 5, undefined].map(messageOf)).to.deep.equal(['broken', 'text', '5', 'undefined']);
  });

  it('gives something for whatever is thrown', () => {
    class Odd extends Error {
      override get message(): string {
        throw new Error('no message either');
      }
    }
    const stubborn = {
      toString() {
        throw new Error('no text');
      },
    };
    const nameless = Object.assign(new Error('x'), { message: 5 });
    for (const thrown of [Object.create(null), stubborn, new Odd(), nameless]) expect(messageOf(thrown)).to.be.a('string');
  });
});
