#!/usr/bin/env node
'use strict';

// The command line itself; it finds the plugins that this package brings beside the file that was started.
const { dirname, join } = require('node:path');

require(join(dirname(require.resolve('@structum/cli/package.json')), 'dist/structum.cjs'));
