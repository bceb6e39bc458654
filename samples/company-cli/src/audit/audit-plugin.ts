import { Plugin } from '@structum/core';
import { AuditCommand } from './audit-command.js';

/** The company's rules for projects. */
@Plugin({
  name: 'audit',
  version: '1.0.0',
  description: 'The company\'s rules for projects',
  requires: { tree: '^2.0.0' },
  permissions: { read: ['$workspace'] },
  commands: [AuditCommand],
})
export class AuditPlugin {}
