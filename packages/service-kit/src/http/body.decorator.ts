import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';

export const bodyKindKey = 'concentric:body';
export type BodyKind = 'large' | 'stream';

/** The route takes batches: its JSON body may be as large as `LARGE_BODY_LIMIT_BYTES` (8 MB) instead of `BODY_LIMIT_BYTES` (256 kB). */
export const LargeBody = () => SetMetadata<string, BodyKind>(bodyKindKey, 'large');

/** The body is not parsed or buffered: the handler reads the request (`@Req()`), which is a Readable, for uploads of any size. */
export const StreamBody = () =>
  applyDecorators(
    SetMetadata<string, BodyKind>(bodyKindKey, 'stream'),
    ApiConsumes('application/octet-stream', 'text/csv', 'application/x-ndjson', 'application/gzip'),
    ApiBody({ required: true, schema: { type: 'string', format: 'binary' } }),
  );
