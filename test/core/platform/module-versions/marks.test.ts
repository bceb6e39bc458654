import { runInNewContext } from 'node:vm';
import { createMarker } from '#internal/core/platform/module-versions/marks.js';
import { expect } from 'chai';

const FOLDERS = [{ url: 'file:///C:/plugins/outer/inner/', current: 9 }, { url: 'file:///C:/plugins/outer/', current: 7 }];

describe('createMarker', () => {
  const outer = 'file:///C:/plugins/outer';

  it('hands the mark of a module on to what it imports', () => {
    for (const parent of [`${outer}/index.js?structum=3`, `${outer}/index.js?own=1&structum=3`, `${outer}/index.js%3Fstructum=3`]) {
      expect(createMarker(true)(`${outer}/lib/a.js`, parent, FOLDERS)).to.equal(`${outer}/lib/a.js?structum=3`);
      expect(createMarker(true)(`${outer}/lib/a.js?own=2`, parent, FOLDERS)).to.equal(`${outer}/lib/a.js?own=2&structum=3`);
    }
  });

  it('leaves alone what is shared, elsewhere, marked already, or no file', () => {
    const urls = [
      `${outer}/node_modules/dependency/index.js`, 'file:///C:/plugins/other/a.js', `${outer}/a.js?structum=1`, `${outer}/addon.node`, 'node:fs', 'data:text/javascript,1',
      'file:///C:/plugins/outer/inner/a.js',
    ];
    for (const url of urls) expect(createMarker(true)(url, `${outer}/index.js?structum=3`, FOLDERS)).to.equal(url);
  });

  it('leaves what the first version imports alone', () => {
    for (const parent of [`${outer}/a.cjs`, `${outer}/a.mjs`]) expect(createMarker(true)(`${outer}/b.js`, parent, FOLDERS)).to.equal(`${outer}/b.js`);
  });

  it('knows a folder in whatever case where the system does', () => {
    const [url, parent] = ['file:///c:/Plugins/outer/a.js', `${outer}/index.js?structum=3`];
    expect(createMarker(true)(url, parent, FOLDERS)).to.equal(`${url}?structum=3`);
    expect(createMarker(false)(url, parent, FOLDERS)).to.equal(url);
  });

  it('works from its text alone, as another thread gets it', () => {
    const copy = runInNewContext(`(${createMarker.toString()})`) as typeof createMarker;
    const mark = copy(false);
    expect(mark(`${outer}/a.js`, `${outer}/index.js?structum=3`, FOLDERS)).to.equal(`${outer}/a.js?structum=3`);
  });
});
