/** What processes of workerpool run; where that is, the environment says. */

import { createRequire } from 'node:module';
import { run } from './execution-jobs.mjs';

createRequire(import.meta.url)(process.env.WORKERPOOL).worker({ run });
