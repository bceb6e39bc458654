import type { Permissions } from '@structum/core';
import { printable } from './inspect/style.js';

/** What a plugin asks to be allowed, each in a line: `services: ["structum.config"]`. */
export function permissionTexts(permissions: Permissions): string[] {
  return Object.entries(permissions).map(([name, value]) => printable(`${name}: ${JSON.stringify(value)}`));
}
