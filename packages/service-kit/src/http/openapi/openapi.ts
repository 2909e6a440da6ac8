import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problem } from '@concentric/contracts';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { SERVICE_CONFIG } from '../../config/service-config.token';
import type { ServiceConfig } from '../../config/service.config';
import { servicePlaceholder } from '../permission.decorator';
import { schemaOf } from './answers.decorator';

/** The OpenAPI 3.0 document of a service, from its routes and zod schemas; keys are sorted, so that it can be compared. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const { service } = app.get<ServiceConfig>(SERVICE_CONFIG);
  const options = new DocumentBuilder()
    .setTitle(`Concentric ${service}`)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = cleanupOpenApiDoc(
    SwaggerModule.createDocument(app, options, {
      operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
    }),
  );
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: schemaOf(problem) } };
  for (const path of Object.values(document.paths)) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = path[method];
      if (operation === undefined) continue;
      // The kit's own routes are written for whatever service they are part of.
      const permission = (operation as { 'x-permission'?: string })['x-permission'];
      if (permission !== undefined) Object.assign(operation, { 'x-permission': permission.replace(servicePlaceholder, service) });
      operation.responses['default'] ??= {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
  return sorted(document) as OpenAPIObject;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, sorted(entry)]));
}
