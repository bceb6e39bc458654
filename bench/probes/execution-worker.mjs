/** What pools of worker threads run. */

import { run } from './execution-jobs.mjs';

export default ({ job, input }) => run(job, input);
