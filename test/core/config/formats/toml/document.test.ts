import { expect } from 'chai';
import { formatOf } from '#internal/core/config/formats/index.js';
import { failure } from '../../../../support/errors.js';

describe('a TOML file', () => {
  const format = formatOf('config.toml');
  const parse = async (text: string): Promise<unknown> => (await format?.parse(text, 'config.toml'))?.data;
  const problemsOf = async (text: string): Promise<readonly string[]> => {
    const { details } = await failure('CONFIG_FILE_INVALID', parse(text));
    return (details?.problems as { line: number; column: number; problem: string }[]).map(({ line, column, problem }) => `${String(line)}:${String(column)} ${problem}`);
  };

  it('may hold nothing, and begin with a byte order mark', async () => {
    for (const text of ['', '# mine\r\n', '\uFEFF']) expect(await parse(text), JSON.stringify(text)).to.deep.equal({});
    expect(await parse('\uFEFFa = [1, -0.5e3, "é\\n", true, {}]\n[b."c.d"]\ne = inf\n')).to.deep.equal({ a: [1, -500, 'é\n', true, {}], b: { 'c.d': { e: Infinity } } });
  });

  it('holds dates and times as texts, as they are written', async () => {
    const text = 'a = 1979-05-27 07:32:00.5\nb = [1979-05-27T00:32:00.999999-07:00, 1979-05-27]\n[[c]]\nd = 07:32:00\n[[c]]\nd = { "e" = 07:32:10, f.g = 1979-05-27T07:32Z }\n';
    expect(await parse(text)).to.deep.equal({
      a: '1979-05-27 07:32:00.5', b: ['1979-05-27T00:32:00.999999-07:00', '1979-05-27'], c: [{ d: '07:32:00' }, { d: { e: '07:32:10', f: { g: '1979-05-27T07:32Z' } } }],
    });
  });

  it('knows where each of its keys stands', async () => {
    const text = ['\uFEFFa = """', '[b]"""', '[b."c"] # [d]', 'e.f = [ # ]', '  1, { g = "}" },', ']', "h = 'x'", '[[i]]', 'j = 1', '[[i]]', ' j = 2', '[i.k]', 'l = 3'].join('\r\n');
    const document = await format?.parse(text, 'config.toml');
    const places = ['a', 'b', 'b.c', 'b.c.e', 'b.c.e.f', 'b.c.e.f.1.g', 'b.c.h', 'i', 'i.0.j', 'i.1.j', 'i.1.k.l', 'b.c.none', 'none'].map((path) => document?.positionOf(path.split('.')));
    expect(places.map((place) => [place?.line, place?.column])).to.deep.equal([
      [1, 1], [3, 2], [3, 4], [4, 1], [4, 3], [5, 8], [7, 1], [8, 3], [9, 1], [11, 2], [13, 1], [3, 4], [1, 1],
    ]);
  });

  it('has no keys that lead too deep, and these are seen before they become tables', async () => {
    const keys = `a${' . "b"'.repeat(1_000_000)}`;
    for (const [text, place] of [[`x = "#"\n${keys} = 1\n`, '2:1'], [`[${keys}]\n`, '1:2'], [`x = { ${keys} = 1 }\n`, '1:6']] as const) {
      expect(await problemsOf(text)).to.deep.equal([`${place} lies too deep: more than 100 levels`]);
    }
    const words = 'a.b'.repeat(200);
    expect(await parse(`x = "${words}" # ${words}\ny = '''\n${words}'''\n`)).to.deep.equal({ x: words, y: words });
  });

  it('is told what is wrong with it, and where', async () => {
    expect((await problemsOf('a = 1\n\nb = \n'))[0]).to.match(/^3:5 is no TOML: invalid value/);
    expect((await problemsOf('a = 1\r\n[b]\r\n[b]\r\n'))[0]).to.match(/^3:2 is no TOML: .*redefine/);
    expect((await problemsOf('a.b = 1\na.b = 2'))[0]).to.match(/^2:1 is no TOML: .*redefine/);
    expect((await problemsOf('a = { b = 1, b = 2 }'))[0]).to.match(/^1:14 is no TOML: .*redefine/);
    expect((await problemsOf('a = 1\n# \0'))[0]).to.match(/^2:3 is no TOML: control characters/);
    expect((await problemsOf('a = 9007199254740993'))[0]).to.match(/^1:5 .*losslessly/);
  });

  it('holds no key that reaches into every object, and no number that would be another', async () => {
    expect(await problemsOf('__proto__.a = 1\nb = { constructor = 1e400 }\n[c]\nd = -1e400\n[[e]]\n[[e]]\nprototype = inf\n')).to.deep.equal([
      '1:1 must not use the name __proto__',
      '2:7 must not use the name constructor',
      '2:21 holds a number that is too large',
      '4:5 holds a number that is too large',
      '7:1 must not use the name prototype',
    ]);
  });

  it('may lie a hundred levels deep, and overflows nothing', async () => {
    expect(await parse(`a = ${'['.repeat(99)}${']'.repeat(99)}`)).to.be.an('object');
    expect(await parse(`${'a.'.repeat(99)}a = 1`)).to.be.an('object');
    for (const text of [`a = ${'['.repeat(100_000)}`, `a = ${'{a='.repeat(100_000)}`, `${'a.'.repeat(100_000)}a = 1`, `[${'a.'.repeat(100_000)}a]`]) {
      expect((await problemsOf(text))[0], text.slice(0, 20)).to.match(/too deep|excessively nested/);
    }
  });
});
