export { createLogger, silentLogger, teeLogger, type LoggerOptions } from './logger.js';
