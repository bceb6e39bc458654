import { expect } from 'chai';
import { formatOf } from '#internal/core/config/formats/index.js';
import { failure } from '../../../support/errors.js';

const SECRET = 'Tr0ub4dor-3';

/** Texts in which something that may be a secret cannot be read. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  yaml: [
    `token: *${SECRET}`, `token: !${SECRET}`, `token: !${SECRET} x`, `token: !${SECRET}!x y`, `token: !<${SECRET}> x`, `token: !${SECRET} []`, `token: !${SECRET} {}`,
    `token: !!${SECRET} x`, `token: !a"${SECRET} x`, `%TAG !${SECRET}! a\n%TAG !${SECRET}! b\n---\na: 1`, `token: @${SECRET}`, `token: "\\q${SECRET}"`, `token: !!int ${SECRET}`,
    `token: '${SECRET}`, `token: [${SECRET}`, `token: &${SECRET} *${SECRET}`,
  ],
  json: [`{"token": ${SECRET}}`, `{"token": "${SECRET}`, `{"token": '${SECRET}'}`, `{"token": "${SECRET}\\q"}`, SECRET],
  toml: [`token = ${SECRET}`, `token = "${SECRET}`, `token = "${SECRET}\\q"`, `token = 2020-13-41${SECRET}`, `token = '''${SECRET}`, `token = [${SECRET}`, SECRET],
};

describe('what cannot be read of a file', () => {
  for (const [extension, texts] of Object.entries(TEXTS)) {
    it(`is not quoted, as it may be a secret: ${extension}`, async () => {
      for (const text of texts) {
        const error = await failure('CONFIG_FILE_INVALID', formatOf(`config.${extension}`)?.parse(text, `config.${extension}`) ?? Promise.resolve());
        expect(`${error.message} ${error.hint ?? ''} ${JSON.stringify(error.details)}`, text).not.to.contain(SECRET);
      }
    });

    it(`is not quoted where it is a number that cannot be held: ${extension}`, async () => {
      for (const digits of ['12345678901234567890', '-9.25e999']) {
        const text = { yaml: `token: ${digits}`, json: `{"token": ${digits}}`, toml: `token = ${digits}` }[extension] ?? '';
        const outcome = await (formatOf(`config.${extension}`)?.parse(text, `config.${extension}`) ?? Promise.resolve()).then(() => '', (error: unknown) => `${String(error)} ${JSON.stringify(error)}`);
        expect(outcome, text).not.to.contain(digits);
      }
    });
  }

  it('is told with what to do about it', async () => {
    const problemIn = async (text: string): Promise<unknown> => (await failure('CONFIG_FILE_INVALID', formatOf('c.yaml')?.parse(text, 'c.yaml') ?? Promise.resolve())).details?.['problems'];
    expect(await problemIn('a: 1\ntoken: *b')).to.deep.equal([{ line: 2, column: 9, problem: 'refers to an anchor that is not there: write a text that begins with "*" in quotes' }]);
    expect(await problemIn('token: !b c')).to.deep.equal([{ line: 1, column: 8, problem: 'has a tag that is not known: write a text that begins with "!" in quotes' }]);
  });
});
