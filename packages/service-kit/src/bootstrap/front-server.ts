import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import helmet from 'helmet';
import type { RunningService } from './service-definition';

/** How long requests under way may take while closing. */
const PATIENCE_MS = 3_000;
const servicePath = /^\/api\/([a-z-]+)(?:[/?]|$)/;

/**
 * One port for several services and the console: `/api/<service>/…` goes to its service as it came, everything
 * else to the console. Until a service is mounted its paths answer 503.
 */
export class FrontServer {
  private readonly server: Server;
  private readonly services = new Map<string, RequestListener>();
  private readonly page: RequestListener | undefined;

  /**
   * @param consoleFolder the built console; without it only the API is served
   * @param expected names of the services that will be mounted
   */
  constructor(
    consoleFolder: string,
    private readonly expected: readonly string[],
  ) {
    this.page = existsSync(join(consoleFolder, 'index.html')) ? consolePages(consoleFolder) : undefined;
    this.server = createServer((request, response) => this.answer(request, response));
  }

  /** @returns the port, which is another than asked for when that was 0. @throws the listen error, such as EADDRINUSE */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        const address = this.server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  mount(service: RunningService): void {
    this.services.set(service.name, service.app.getHttpAdapter().getInstance());
  }

  /** Takes no more requests and resolves when those under way are answered, or after a few seconds without them. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      const enough = setTimeout(() => this.server.closeAllConnections(), PATIENCE_MS);
      this.server.close(() => {
        clearTimeout(enough);
        resolve();
      });
      this.server.closeIdleConnections();
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const service = servicePath.exec(request.url ?? '')?.[1];
    if (service !== undefined || this.page === undefined) return (this.services.get(service ?? '') ?? this.missing)(request, response);
    this.page(request, response);
  }

  private readonly missing: RequestListener = (request, response) => {
    const starting = this.expected.includes(servicePath.exec(request.url ?? '')?.[1] ?? '');
    const [status, code, title] = starting
      ? [503, 'starting', 'The service is starting']
      : [404, 'route_not_found', 'There is nothing here'];
    response.writeHead(status, { 'content-type': 'application/problem+json', ...(starting ? { 'retry-after': '2' } : {}) });
    response.end(JSON.stringify({ type: `urn:concentric:problem:${code}`, title, status, code, instance: 'front' }));
  };
}

function consolePages(folder: string): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        // The console's component library writes its styles into the page.
        directives: {
          defaultSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: false,
    }),
  );
  // File names in assets carry a hash of their content; the page that names them must always be fresh.
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }));
  app.use(express.static(folder, { index: 'index.html', cacheControl: false }));
  app.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    response.set('Cache-Control', 'no-cache').sendFile(join(folder, 'index.html'));
  });
  return app;
}
