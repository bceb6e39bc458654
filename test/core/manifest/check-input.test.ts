import type { InputSchema, ValueSchema } from '@structum/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { catalogued } from '#internal/core/errors/index.js';
import { checkInput } from '#internal/core/manifest/check-input.js';
import { checkValue, inputProblem } from '#internal/core/manifest/check-value.js';
import { isPlainObject } from '#internal/core/manifest/plain-object.js';
import { valueFromText } from '#internal/core/manifest/value-from-text.js';

const ajv = new Ajv2020({ allErrors: true, strict: false });

const bound = fc.integer({ min: -3, max: 6 });
const size = fc.integer({ min: 0, max: 4 });
const optional = <Value>(key: string, values: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> =>
  fc.option(values, { nil: undefined }).map((value) => (value === undefined ? {} : { [key]: value }));
const together = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<ValueSchema> => fc.tuple(...parts).map((all) => Object.assign({}, ...all) as ValueSchema);

const scalarSchema = fc.oneof(
  together(fc.constantFrom({ type: 'integer' }, { type: 'number' }), optional('minimum', bound), optional('maximum', bound), optional('enum', fc.array(bound, { minLength: 1 }))),
  together(
    fc.constant({ type: 'string' }),
    optional('minLength', size),
    optional('maxLength', size),
    optional('pattern', fc.constantFrom('^a', 'b$', '^\\p{L}+$', '.')),
    optional('enum', fc.array(fc.string({ maxLength: 2 }), { minLength: 1 })),
  ),
  fc.constant<ValueSchema>({ type: 'boolean' }),
  fc.constant<ValueSchema>({}),
);
const schemas = fc.oneof(
  scalarSchema,
  together(
    fc.constant({ type: 'array' }),
    optional('items', scalarSchema),
    optional('minItems', size),
    optional('maxItems', size),
    optional('uniqueItems', fc.boolean()),
  ),
);
const scalars = fc.oneof(bound, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string({ maxLength: 5, unit: 'grapheme' }), fc.boolean(), fc.constant(null));
const values = fc.oneof(scalars, fc.array(scalars, { maxLength: 5 }));

describe('checkValue', () => {
  const many = Array.from({ length: 130_000 }, () => 1);
  const texts: ValueSchema = { type: 'array', items: { type: 'string' } };

  it('tells as many problems as anybody reads', () => {
    const object = Object.fromEntries(many.map((item, index) => [String(index), item]));
    for (const [schema, value] of [[texts, many], [{ type: 'array', items: texts }, [many, many]], [{ type: 'object', additionalProperties: false }, object], [{ type: 'object', additionalProperties: texts }, object]] as const) {
      expect(checkValue(schema, value)).to.have.length(100);
    }
    expect(checkValue({ type: 'object', required: many.map(String) }, {})).to.have.length(100);
  });

  it('tells all of them where they are few', () => {
    expect(checkValue({ ...texts, maxItems: 1 }, [1, 'a', 2], ['x']).map(inputProblem).map(({ field, rule }) => `${field} ${rule}`)).to.deep.equal(['x maxItems', 'x[0] type', 'x[2] type']);
  });

  it('agrees with a full JSON Schema validator on whether a value is valid', () => {
    fc.assert(
      fc.property(schemas, values, (schema, value) => {
        expect(checkValue(schema, value).length === 0).to.equal(ajv.validate(schema, value));
      }),
      { numRuns: 2_000 },
    );
  });

  it('names the path, the rule and the value of every problem', () => {
    expect(checkValue({ type: 'array', minItems: 3, items: { type: 'integer', minimum: 1 } }, [0, 'x'], ['counts']).map(inputProblem)).to.deep.equal([
      { field: 'counts', rule: 'minItems', message: 'must have at least 3 items', received: [0, 'x'] },
      { field: 'counts[0]', rule: 'minimum', message: 'must be at least 1', received: 0 },
      { field: 'counts[1]', rule: 'type', message: 'must be an integer', received: 'x' },
    ]);
  });

  it('counts characters, not UTF-16 units', () => {
    expect(checkValue({ type: 'string', maxLength: 1 }, '🌳')).to.deep.equal([]);
  });

  it('refuses what JSON cannot hold as a number', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) expect(checkValue({ type: 'number' }, value)).to.have.length(1);
  });
});

describe('a value that JSON cannot hold', () => {
  const circle: unknown[] = [];
  circle.push(circle);

  it('is checked like any other', () => {
    expect(checkValue({ type: 'integer' }, 5n).map(({ rule }) => rule)).to.deep.equal(['type']);
    expect(checkValue({ type: 'array', uniqueItems: true }, [5n, 5n]).map(({ rule }) => rule)).to.deep.equal(['uniqueItems']);
    expect(checkValue({ type: 'array', uniqueItems: true }, [circle, 1])).to.deep.equal([]);
    expect(checkValue({ type: 'object' }, new Map()).map(({ rule }) => rule)).to.deep.equal(['type']);
  });

  it('is named in the message', () => {
    const shown = (received: unknown): string => catalogued('INPUT_INVALID', { command: 'x', problems: [{ field: 'a', rule: 'type', message: 'must be text', received }] }).message;
    expect(shown(5n)).to.contain('got 5n');
    expect(shown([5n])).to.contain('got an object');
    expect(shown(circle)).to.contain('got an object');
  });
});

describe('isPlainObject', () => {
  it('tells named values from everything else', () => {
    for (const value of [{}, { a: 1 }, Object.create(null), runInNewContext('({})')]) expect(isPlainObject(value)).to.equal(true);
    for (const value of [null, [], new Map(), new Date(), new (class Point {})(), 'x', undefined]) expect(isPlainObject(value)).to.equal(false);
  });
});

describe('checkInput', () => {
  const schema: InputSchema = {
    type: 'object',
    properties: {
      name: { type: 'string', 'x-structum': { kind: 'argument', position: 0 } },
      ext: { type: 'array', items: { type: 'string' }, 'x-structum': { kind: 'option', flags: ['--ext'], separator: ',', env: 'EXT' } },
      depth: { type: 'integer', minimum: 1, default: 3, 'x-structum': { kind: 'option', flags: ['--depth'], env: 'DEPTH' } },
    },
    required: ['name'],
    additionalProperties: false,
  };

  it('completes from the environment, then from the defaults', () => {
    expect(checkInput(schema, { name: 'x' }, { env: {} })).to.deep.equal({ input: { name: 'x', depth: 3 }, problems: [] });
    expect(checkInput(schema, { name: 'x' }, { env: { DEPTH: '5', EXT: 'ts, js' } }).input).to.deep.equal({ name: 'x', depth: 5, ext: ['ts', 'js'] });
    expect(checkInput(schema, { name: 'x', depth: 1 }, { env: { DEPTH: '5' } }).input).to.deep.equal({ name: 'x', depth: 1 });
  });

  it('says which environment variable a wrong value came from', () => {
    expect(checkInput(schema, { name: 'x' }, { env: { DEPTH: 'deep' } }).problems).to.deep.equal([
      { field: 'depth', rule: 'type', message: 'must be an integer', received: 'deep', origin: '$DEPTH' },
    ]);
  });

  it('treats undefined and an empty variable as not given', () => {
    expect(checkInput(schema, { name: 'x', depth: undefined }, { env: { DEPTH: '' } }).input).to.deep.equal({ name: 'x', depth: 3 });
  });

  it('reports what is missing and what is not known', () => {
    expect(checkInput(schema, { other: 1, toString: 2 }, { env: {} }).problems.map(({ field, rule }) => [field, rule])).to.deep.equal([
      ['name', 'required'],
      ['other', 'additionalProperties'],
      ['toString', 'additionalProperties'],
    ]);
  });

  it('is not fooled by names that every object has', () => {
    const given = JSON.parse('{"name":"x","__proto__":{"depth":9},"constructor":1}') as Record<string, unknown>;
    const { input, problems } = checkInput(schema, given, { env: {} });
    expect(problems.map(({ field }) => field)).to.deep.equal(['__proto__', 'constructor']);
    expect(input).to.deep.equal({ name: 'x', depth: 3 });
  });
});

describe('valueFromText', () => {
  it('reads numbers, booleans and lists', () => {
    expect(valueFromText({ type: 'integer' }, '-12')).to.equal(-12);
    expect(valueFromText({ type: 'number' }, '1.5e3')).to.equal(1500);
    expect(valueFromText({ type: 'boolean' }, 'Yes')).to.equal(true);
    expect(valueFromText({ type: 'boolean' }, 'off')).to.equal(false);
    expect(valueFromText({ type: 'array', items: { type: 'integer' } }, '7')).to.deep.equal([7]);
  });

  it('leaves text that is no such value for the check to refuse', () => {
    for (const text of ['', ' ', '0x10', '1_000', 'Infinity', '1,5']) expect(valueFromText({ type: 'number' }, text)).to.equal(text);
    for (const text of ['maybe', 'constructor', '__proto__']) expect(valueFromText({ type: 'boolean' }, text)).to.equal(text);
  });
});
