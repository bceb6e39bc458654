import { Plugin, type SecurityReport } from '@structum/core';
import { DoctorCommand, type DoctorInput } from './doctor-command.js';

declare module '@structum/core' {
  interface CommandMap {
    'security doctor': { input: Partial<DoctorInput>; result: SecurityReport };
  }
}

/** `structum security …`: proves what keeps plugins in their place. */
@Plugin({
  name: 'security',
  category: 'security',
  description: 'Prove what keeps plugins in their place',
  engine: '^2.0.0',
  permissions: { services: ['structum.security'] },
  commands: [DoctorCommand],
  module: import.meta.url,
})
export default class SecurityPlugin {}

export { DoctorCommand, DoctorInput } from './doctor-command.js';
