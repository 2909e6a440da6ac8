import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { Body, Controller, Get, Global, HttpCode, Module, Post, Query, Req, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { code, listOf, listQuery, problem, uuid } from '@concentric/contracts';
import { freshSchema, type TestDatabase, TestOperators } from '@concentric/testing';
import { Entity, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import {
  Answers,
  Clock,
  col,
  conflict,
  createDataSource,
  createTable,
  createZodDto,
  CurrentOperator,
  Database,
  IdColumn,
  idIn,
  Idempotency,
  IdempotencyScope,
  type IdempotencyUse,
  Idempotent,
  idOut,
  IdParam,
  InstantColumn,
  KeyColumn,
  KeysetList,
  LargeBody,
  HttpModule,
  migrate,
  newId,
  type Operator,
  OpsPermission,
  Permission,
  prepareHttp,
  Public,
  RateLimit,
  SERVICE_CONFIG,
  type ServiceConfig,
  ServiceLogger,
  SignedIn,
  StreamBody,
  SystemClock,
} from '../src';

@Entity('note')
export class NoteEntity {
  @IdColumn({ primary: true }) id: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 64 }) code: string;
  @KeyColumn({ length: 200, nullable: true }) topic: string | null;
  @InstantColumn() createdAt: number;
}

export class NoteTables1700000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'note',
      deletable: true,
      columns: [
        col.id('id'),
        col.id('brand_id'),
        col.key('code', 64),
        col.key('topic', 200, { nullable: true }),
        col.instant('created_at'),
      ],
      primary: ['id'],
      unique: [{ name: 'note_code', columns: ['brand_id', 'code'] }],
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward');
  }
}

const noteInput = z.strictObject({
  code,
  topic: z.string().trim().min(1).max(200).nullable().default(null),
  tags: z.array(z.string().max(20)).max(10).default([]),
  weight: z.number().int().min(0).optional(),
});
const noteRow = z.object({ id: uuid, code: z.string(), topic: z.string().nullable() });
class NoteInputDto extends createZodDto(noteInput) {}
class NoteBatchDto extends createZodDto(z.strictObject({ items: z.array(noteInput).max(500) })) {}
class NoteQueryDto extends createZodDto(listQuery.extend({ topic: z.string().max(200).optional() })) {}

export const noteList = new KeysetList({
  select: 'SELECT n.id, n.code, n.topic FROM note n',
  sorts: {
    code: { column: 'n.code', type: 'text', notNull: true },
    topic: { column: 'n.topic', type: 'text' },
    createdAt: { column: 'n.created_at', type: 'int', notNull: true },
    id: { column: 'n.id', type: 'id', notNull: true },
  },
  defaultSort: 'code',
  key: 'n.id',
  row: (raw) => ({
    id: raw['id'] instanceof Uint8Array ? idOut(raw['id']) : '',
    code: String(raw['code']),
    topic: raw['topic'] === null ? null : String(raw['topic']),
  }),
});

@Controller('brands/:brandId/notes')
class NoteController {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('commerce.note.read')
  @Answers(listOf(noteRow))
  list(@IdParam('brandId') brandId: string, @Query() query: NoteQueryDto) {
    const where = [{ sql: 'n.brand_id = ?', params: [idIn(brandId)] as unknown[] }];
    if (query.topic !== undefined) where.push({ sql: 'n.topic = ?', params: [query.topic] });
    return this.database.read((tx) => noteList.page(tx, { query, where }));
  }

  @Post()
  @Permission('commerce.note.write')
  @Idempotent()
  @Answers(noteRow, { status: 201 })
  create(@IdParam('brandId') brandId: string, @Body() body: NoteInputDto, @IdempotencyScope() use: IdempotencyUse) {
    return this.idempotency.run(use, async (tx) => {
      const id = newId(this.clock);
      await tx.query('INSERT INTO note (id, brand_id, code, topic, created_at) VALUES (?, ?, ?, ?, ?)', [
        idIn(id),
        idIn(brandId),
        body.code,
        body.topic,
        this.clock.now(),
      ]);
      if (body.code === 'refused') throw conflict('note_refused', 'This note is refused');
      return { id, code: body.code, topic: body.topic };
    });
  }

  @Post('batch')
  @HttpCode(200)
  @LargeBody()
  @Permission('commerce.note.write')
  batch(@IdParam('brandId') _brandId: string, @Body() body: NoteBatchDto) {
    return { n: body.items.length };
  }

  @Post('upload')
  @HttpCode(200)
  @StreamBody()
  @Permission('commerce.note.write')
  async upload(@Req() request: Readable) {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    return { bytes };
  }

  @Get(':noteId')
  @Permission('commerce.note.read')
  get(@IdParam('noteId') noteId: string) {
    return { noteId };
  }
}

@Controller('probe')
class ProbeController {
  @Get('me')
  @SignedIn()
  me(@CurrentOperator() operator: Operator) {
    return operator;
  }

  @Get('ops')
  @OpsPermission()
  ops() {
    return { ok: true };
  }

  @Get('limited')
  @Public()
  @RateLimit(3, 60)
  limited() {
    return { ok: true };
  }

  @Get('fault')
  @Public()
  fault() {
    throw new Error('secret inside: SELECT * FROM customer WHERE phone = 13812345678');
  }

  @Get('database-gone')
  @Public()
  gone() {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:3306'), { code: 'ECONNREFUSED' });
  }
}

export interface HttpFixture {
  app: NestExpressApplication;
  database: Database;
  config: ServiceConfig;
  operators: TestOperators;
  url: string;
  request(
    path: string,
    init?: RequestInit & { token?: string | undefined },
  ): Promise<{ status: number; headers: Headers; text: string; json: unknown }>;
  close(): Promise<void>;
}

/** Log lines of every fixture: the framework keeps one logger per process. */
export const logs: string[] = [];

/** A small service of two controllers on a real database, listening on loopback. */
export async function startHttp(
  db: TestDatabase,
  controllers: Type<unknown>[] = [NoteController, ProbeController],
  change: (config: ServiceConfig) => Promise<Partial<ServiceConfig>> = async () => ({}),
): Promise<HttpFixture> {
  const operators = await TestOperators.create();
  const schema = await freshSchema(db, 'commerce');
  const { redisUrl: _none, ...base } = schema.config;
  const config: ServiceConfig = { ...base, keySetUrl: operators.keySetUrl, logLevel: 'debug', ...(await change(base)) };
  const request = { service: 'commerce', config, entities: [NoteEntity], migrations: [NoteTables1700000000200] } as const;
  const owner = await createDataSource({ ...request, as: 'owner' });
  await migrate(owner, schema.grantsTo);
  await owner.destroy();
  const source = await createDataSource(request);
  const database = new Database(source);

  @Global()
  @Module({
    providers: [
      { provide: SERVICE_CONFIG, useValue: config },
      { provide: Clock, useClass: SystemClock },
      { provide: Database, useValue: database },
    ],
    exports: [SERVICE_CONFIG, Clock, Database],
  })
  class BaseModule {}

  @Module({ imports: [BaseModule, HttpModule], controllers })
  class RootModule {}

  const app = await NestFactory.create<NestExpressApplication>(RootModule, {
    bodyParser: false,
    abortOnError: false,
    logger: new ServiceLogger(config, { write: (line: string) => logs.push(line) }),
  });
  const close = async () => {
    await app.close();
    await source.destroy();
    await schema.drop();
  };
  try {
    prepareHttp(app, config);
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/api/commerce`;
  return {
    app,
    database,
    config,
    operators,
    url,
    close,
    async request(path, { token, ...init } = {}) {
      const headers = new Headers(init.headers);
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
      if (typeof init.body === 'string' && !headers.has('content-type')) headers.set('content-type', 'application/json');
      const response = await fetch(path.startsWith('http') ? path : url + path, { ...init, headers });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson && text !== '' ? (JSON.parse(text) as unknown) : undefined,
      };
    },
  };
}

/** Parses an answer as a problem; fails when it is not one. */
export function asProblem(answer: { headers: Headers; json: unknown }) {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return problem.parse(answer.json);
}
