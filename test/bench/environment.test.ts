import { expect } from 'chai';
import { modules } from './modules.js';

describe('bench: the environment of what is measured', () => {
  it('has nothing in it that Node or npm would act on', async () => {
    const { quietEnvironment } = await modules.environment();
    const env = { PATH: '/bin', HOME: '/root', NODE_EXTRA_CA_CERTS: '/certificates', NODE_OPTIONS: '--inspect', npm_config_audit: 'false', INIT_CWD: '/' };
    expect(quietEnvironment(env)).to.deep.equal({ PATH: '/bin', HOME: '/root' });
  });
});
