import { Command, Option, Plugin, Structum, type InputProblem } from '@structum/core';
import { Type } from 'class-transformer';
import { IsEmail, Validate, ValidatorConstraint, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

@ValidatorConstraint({ name: 'after' })
class After implements ValidatorConstraintInterface {
  validate(value: Date, { object }: ValidationArguments): boolean {
    return value.getTime() > (object as BookInput).from.getTime();
  }
  defaultMessage(): string {
    return '$property must be after from';
  }
}

class BookInput {
  @Option('--mail', { description: 'Whom to tell', required: true, type: 'string' })
  @IsEmail()
  mail!: string;

  @Option('--copies', { description: 'Whom else to tell', type: 'array' })
  @IsEmail({}, { each: true })
  copies: string[] = [];

  @Option('--from', { description: 'First day', required: true })
  @Type(() => Date)
  from!: Date;

  @Option('--to', { description: 'Last day', required: true })
  @Type(() => Date)
  @Validate(After)
  to!: Date;
}

@Command({ path: 'book', description: 'Book', input: BookInput })
class BookCommand {
  execute(input: BookInput): { days: number; typed: boolean } {
    return { days: (input.to.getTime() - input.from.getTime()) / 86_400_000, typed: input instanceof BookInput && input.to instanceof Date };
  }
}

@Plugin({ name: 'book', description: 'Booking', commands: [BookCommand] })
class BookPlugin {}

describe('an input class with class-validator rules', () => {
  it('gets its values through class-transformer', async () => {
    const structum = await Structum.create({ plugins: [BookPlugin] });
    expect(await structum.run('book', { mail: 'ada@example.org', from: '2026-01-01', to: '2026-01-03' })).to.deep.equal({ days: 2, typed: true });
  });

  it('is held against rules of one field and across fields, all reported at once', async () => {
    const structum = await Structum.create({ plugins: [BookPlugin] });
    const error = await failure('INPUT_INVALID', structum.run('book', { mail: 'nobody', copies: ['ada@example.org', 'nobody'], from: '2026-01-03', to: '2026-01-01' }));
    const problems = error.details?.['problems'] as InputProblem[];
    expect(problems.map(({ field, rule, message }) => ({ field, rule, message }))).to.deep.equal([
      { field: 'mail', rule: 'isEmail', message: 'must be an email' },
      { field: 'copies', rule: 'isEmail', message: 'in each item must be an email' },
      { field: 'to', rule: 'after', message: 'must be after from' },
    ]);
    expect(error.exitCode).to.equal(2);
  });

  it('is held against the schema first', async () => {
    const structum = await Structum.create({ plugins: [BookPlugin] });
    const error = await failure('INPUT_INVALID', structum.run('book', { from: '2026-01-01', to: '2026-01-02' }));
    expect((error.details?.['problems'] as InputProblem[]).map(({ field, rule }) => [field, rule])).to.deep.equal([['mail', 'required']]);
  });
});
