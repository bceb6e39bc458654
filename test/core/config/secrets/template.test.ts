import { expect } from 'chai';
import fc from 'fast-check';
import { isTemplate, parseTemplate, templatesIn } from '#internal/core/config/secrets/template.js';

describe('a text with references to secrets', () => {
  const parts = (text: string): readonly string[] => parseTemplate(text).parts.map((part) => (typeof part === 'string' ? part : `<${part.scheme}|${part.target}>`));

  it('may hold several, with text around them', () => {
    expect(parts('${env:TOKEN}')).to.deep.equal(['<env|TOKEN>']);
    expect(parts('postgres://${env:USER}:${file:~/pw}@host')).to.deep.equal(['postgres://', '<env|USER>', ':', '<file|~/pw>', '@host']);
    expect(parts('${file:C:\\secrets\\a b}')).to.deep.equal(['<file|C:\\secrets\\a b>']);
  });

  it('means a literal ${ with $${', () => {
    expect(parts('$${env:TOKEN} ${env:A}')).to.deep.equal(['${', 'env:TOKEN} ', '<env|A>']);
    expect(parseTemplate('$${env:').problem).to.equal(undefined);
  });

  it('is none without a scheme, and stays as it is', () => {
    for (const text of ['${HOME}', '${', '$HOME', '${a b:c}', '$', '${HOME', '', 5, null, ['${env:A}']]) expect(isTemplate(text), String(text)).to.equal(false);
    expect(parts('${HOME}/${env:A}')).to.deep.equal(['${HOME}/', '<env|A>']);
  });

  it('means nothing where it does not end, nests, or names nothing; what it holds is not told', () => {
    const problem = (text: string): string | undefined => parseTemplate(text).problem;
    expect(problem('a ${env:SECRET')).to.equal('has no "}" behind ${env:');
    expect(problem('${file:/run/${env:SECRET}}')).to.equal('has a reference within ${file:…}, and references do not nest');
    expect(problem('${env: }')).to.equal('names nothing in ${env:}');
    expect(problem('${vault:a/b}')).to.equal(undefined);
  });

  it('says whatever is wanted once each ${ in it is written as $${', () => {
    const pieces = fc.array(fc.constantFrom('$', '{', '}', '${', '$${', 'env:', 'A', '${env:A}', ' ', '\n')).map((parts) => parts.join(''));
    fc.assert(fc.property(pieces, (text) => {
      const escaped = text.replaceAll('${', () => '$${');
      expect([parts(escaped).join(''), parseTemplate(escaped).problem]).to.deep.equal([text, undefined]);
    }));
  });

  it('is found within lists and mappings, by the keys that lead there', () => {
    const found = [...templatesIn({ a: ['x', { 'b.c': '${env:A}' }], d: { e: '$${' }, f: '${HOME}' })];
    expect(found.map(({ path, text }) => [path, text])).to.deep.equal([[['a', 1, 'b.c'], '${env:A}'], [['d', 'e'], '$${']]);
  });
});
