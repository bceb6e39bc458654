import { join } from 'node:path';
import { describeContract } from '@structum/core/testing';
import { root } from '../../support/folder.js';

describeContract({ describe, it }, join(root, 'plugins/plugins'), {
  samples: {
    'plugins list': [{}, { state: 'active' }],
    'plugins info': [{ name: 'plugins' }],
    'plugins why': [{ name: 'plugins' }],
    'plugins graph': [{}, { format: 'dot' }, { format: 'mermaid' }],
    'plugins doctor': [{ manifests: false }],
    'plugins new': [{ name: 'hello', dryRun: true }],
  },
});
