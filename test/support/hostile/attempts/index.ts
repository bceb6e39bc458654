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
import { PROTOCOL } from './protocol.js';
import { RESOURCES } from './resources.js';

/** Everything that hostile plugins attempt in commands of theirs. */
export const SUBJECTS: readonly Subject[] = [FILES, NETWORK, PROCESSES, KNOWLEDGE, BROKER, DEPUTIES, RESOURCES, PROTOCOL, DATA, LIFE, OUTPUT];
