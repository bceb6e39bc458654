import { Argument, Option } from '@structum/core';
import { IsEmail, IsNotEmpty, ValidateIf } from 'class-validator';

/** An order. The decorators of Structum say what JSON Schema can; those of class-validator say the rest. */
export class PlaceInput {
  @Argument({ description: 'What to order' })
  article!: string;

  @Option('-c,--customer', { description: 'Where the receipt goes', required: true })
  @IsEmail()
  customer!: string;

  @Option('-n,--amount', { description: 'How many', minimum: 1, maximum: 99 })
  amount = 1;

  @Option('--gift', { description: 'Wrap it' })
  gift = false;

  @Option('--note', { description: 'What to write on the card of a gift' })
  @ValidateIf(({ gift }: PlaceInput) => gift)
  @IsNotEmpty({ message: 'note must be given for a gift' })
  note?: string;
}
