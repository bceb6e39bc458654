import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../support/folder.js';
import { runNode } from '../support/run.js';

describe('samples/embedded-host', () => {
  it('runs the app of the shop from its first plugin to its end', async () => {
    const { stdout, stderr, code } = await runNode([join(root, 'samples/embedded-host/build/main.js')]);
    expect(stderr).to.equal('');
    expect(stdout.trimEnd().split('\n')).to.deep.equal([
      // The stock is active first: orders require it.
      '[warn] Running low: dinghy',
      'stock is active',
      'orders is active',
      'order 1: compass',
      // By the schema, by class-validator, by the command itself.
      'INPUT_INVALID: The input of "order place" is not valid: amount must be at least 1, got 0.',
      'INPUT_INVALID: The input of "order place" is not valid: customer must be an email, got "ada"; note must be given for a gift.',
      'STOCK_SHORT: There are not 3 of "anchor" in stock.',
      '1 of 4 shelves',
      "{ article: 'anchor', amount: 2 }",
      '2 of 4 shelves',
      "{ article: 'buoy', amount: 40 }",
      '3 of 4 shelves',
      "{ article: 'compass', amount: 4 }",
      '4 of 4 shelves',
      "{ article: 'dinghy', amount: 1 }",
      '4 articles',
      'StructumError: The command "stock count" was cancelled: closing time. (exit code 130)',
      // Both plugins see one warehouse.
      'compasses left: 4',
      "stock owns: [ 'hourly stock check' ]",
      // The timer was ended with its plugin, or the process would still be there.
      'orders is down',
      'stock is down',
    ]);
    expect(code).to.equal(0);
  });
});
