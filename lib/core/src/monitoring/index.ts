export { createLogger, guardedLogger, silentLogger, teeLogger, type LoggerOptions } from './logger.js';
