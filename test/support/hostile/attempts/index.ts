import type { Subject } from '../attempt.js';
import { BROKER } from './broker.js';
import { DATA } from './data.js';
import { DEPUTIES } from './deputies.js';
import { FILES } from './files.js';
import { KNOWLEDGE } from './knowledge.js';
import { LIFE } from './life.js';
import { NETWORK } from './network.js';
import { OUTPUT } from './output.js';
import { PROCESSES } from './processes.js';
import { PROGRAMS } from './programs.js';
import { PROTOCOL } from './protocol.js';
import { RESOURCES } from './resources.js';

/** Everything that hostile plugins attempt in commands of theirs. */
export const SUBJECTS: readonly Subject[] = [FILES, NETWORK, PROCESSES, KNOWLEDGE, BROKER, PROGRAMS, DEPUTIES, RESOURCES, PROTOCOL, DATA, LIFE, OUTPUT];

/** Those of which what works is seen where nothing contains them; the others do harm by what they are, or need a process to end. */
export const CONTROLLED: readonly Subject[] = [FILES, NETWORK, PROCESSES, KNOWLEDGE, PROGRAMS];
