import { StructumError } from '@structum/core';

export function editorMissing(): StructumError {
  return new StructumError({
    code: 'CONFIG_EDITOR_MISSING',
    message: 'There is no editor to open the file with.',
    hint: 'Name one in the environment variable VISUAL or EDITOR, as in: EDITOR=nano structum config edit',
    exitCode: 2,
  });
}

export function editorFailed(editor: string, reason: string): StructumError {
  return new StructumError({
    code: 'CONFIG_EDITOR_FAILED',
    message: `The editor ${JSON.stringify(editor)} failed: ${reason}.`,
    hint: 'The file is as the editor left it. Look at VISUAL and EDITOR.',
    details: { editor, reason },
  });
}
