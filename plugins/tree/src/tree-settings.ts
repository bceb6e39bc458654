import { Setting } from '@structum/core';
import { THEMES, type Theme } from './theme.js';

/** What `structum tree` does where its options do not say. */
export class TreeSettings {
  @Setting({ description: 'The look; unicode where the terminal can show it, else ascii', type: 'string', enum: THEMES })
  theme?: Theme;

  @Setting({ description: 'Leave out what matches, in the syntax of .gitignore', items: { type: 'string' } })
  ignore: string[] = [];

  @Setting({ description: 'Also what begins with a dot' })
  hidden = false;

  @Setting({ description: 'Leave out what matches .gitignore' })
  gitignore = true;
}
