import { StructumError } from '@structum/core';
import { AssertionError } from 'chai';

/** The error of code `code` that `work` throws or rejects with; anything else fails the test. */
export async function failure(code: string, work: Promise<unknown> | (() => unknown)): Promise<StructumError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (StructumError.is(error) && error.code === code) return error;
    throw error;
  }
  throw new AssertionError(`expected the error ${code}, and there was none`);
}
