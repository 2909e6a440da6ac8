import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { ServiceConfig } from '../config/service.config';
import { correlation } from '../observability/correlation';
import { Metrics } from '../observability/metrics';
import { httpConfig } from './http.config';
import { openApiOf } from './openapi/openapi';

/**
 * An idle connection is kept longer than the 60 seconds after which proxies let theirs go: whoever closes first may close while
 * the other side is sending. Node gives up a request's headers no sooner than the connection.
 */
const KEPT_OPEN = { keepAliveTimeout: 65_000, headersTimeout: 66_000 };

/**
 * Everything of HTTP that comes before routing: the prefix `/api/<service>`, correlation, request log and duration,
 * security headers, no caching, the OpenAPI document. The application must have been created with `bodyParser: false`:
 * bodies are read after the guards.
 */
export function prepareHttp(app: NestExpressApplication, config: ServiceConfig): void {
  const { trustedProxies } = httpConfig();
  Object.assign(app.getHttpServer() as Server, KEPT_OPEN);
  app.setGlobalPrefix(`api/${config.service}`);
  if (trustedProxies.length > 0) app.set('trust proxy', trustedProxies);
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.disable('x-powered-by');
  const metrics = app.get(Metrics);
  app.use((request: Request, response: Response, next: NextFunction) => {
    const context = correlation.from({
      requestId: request.headers['x-request-id'],
      traceparent: request.headers.traceparent,
      service: config.service,
    });
    response.setHeader('X-Request-Id', context.correlationId);
    observe(request, response, metrics);
    correlation.run(context, next);
  });
  app.use(
    helmet({
      // The services answer data, never pages: nothing may be loaded, framed or sniffed from them.
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    // Answers hold personal data and money: neither browsers nor proxies keep them.
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  let document: string | undefined;
  app.use(`/api/${config.service}/openapi.json`, (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET') return next();
    document ??= JSON.stringify(openApiOf(app));
    response.type('application/json').send(document);
  });
}

const logger = new Logger('request');
const quiet = /\/ops\/(live|ready|metrics)$/;

/** One log line and one duration per request. The route's pattern is kept, never the address: that may hold ids. */
function observe(request: Request, response: Response, metrics: Metrics): void {
  const began = process.hrtime.bigint();
  response.once('close', () => {
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const matched: unknown = request.route;
    const route = typeof matched === 'object' && matched !== null && 'path' in matched ? String(matched.path) : 'unmatched';
    const method = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(request.method) ? request.method : 'OTHER';
    const status = response.writableFinished ? String(response.statusCode) : 'aborted';
    metrics.httpDuration.observe({ method, route, status }, seconds);
    if (!quiet.test(route)) logger.debug({ msg: 'request', method, route, status, seconds });
  });
}
