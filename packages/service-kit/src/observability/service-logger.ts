import type { LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type Level, type Logger } from 'pino';
import { correlation } from './correlation';
import { redactedPaths, redactText } from './redaction.rules';

/**
 * The framework's logger as one JSON line per entry on standard output, with service, correlation and trace id. Text
 * from outside cannot break a line, and personal data and secrets are taken out of it.
 */
export class ServiceLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(
    config: { service: string; logLevel: string },
    destination: DestinationStream = pino.destination({ sync: false, minLength: 0 }),
  ) {
    this.pino = pino(
      {
        level: config.logLevel,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        redact: { paths: redactedPaths, censor: '[redacted]' },
        formatters: { level: (label) => ({ level: label }) },
        // The framework keeps one logger per process: in the all-in-one shape the context knows better than this instance.
        mixin: () => {
          const context = correlation.current();
          return context === undefined
            ? { service: config.service }
            : {
                service: context.service ?? config.service,
                correlationId: context.correlationId,
                traceId: context.traceparent.slice(3, 35),
              };
        },
        serializers: { err: pino.stdSerializers.err },
      },
      { write: (line: string) => destination.write(redactText(line)) },
    );
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** The framework passes the context last and, for errors, a stack before it. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const stack = level === 'error' && rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    const fields = { ...(context === undefined ? {} : { context }), ...(stack === undefined ? {} : { stack }) };
    if (message instanceof Error) this.pino[level]({ ...fields, err: message });
    else if (typeof message === 'object' && message !== null) this.pino[level]({ ...fields, ...message });
    else this.pino[level](fields, String(message));
  }
}
