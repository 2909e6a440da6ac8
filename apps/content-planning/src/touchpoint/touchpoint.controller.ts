import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { touchpointList, touchpointRow, type TouchpointRow } from '@concentric/contracts';
import {
  Answers,
  CurrentOperator,
  Database,
  Idempotency,
  IdempotencyScope,
  iso,
  type IdempotencyUse,
  Idempotent,
  idIn,
  IdParam,
  idOut,
  int,
  KeysetList,
  type Operator,
  type Page,
  Permission,
  type SqlFragment,
} from '@concentric/service-kit';
import { TouchpointInputDto, TouchpointPatchDto, TouchpointQueryDto } from './touchpoint.dto';
import { TouchpointEntity } from './touchpoint.entity';
import { TouchpointService } from './touchpoint.service';

const touchpoints = new KeysetList<TouchpointRow>({
  select:
    'SELECT t.id, t.brand_id, t.code, t.name, t.domain, t.priority, t.retired, t.created_at, t.changed_at, t.revision FROM touchpoint t',
  sorts: {
    priority: { column: 't.priority', type: 'int', notNull: true },
    code: { column: 't.code', type: 'text', notNull: true },
    name: { column: 't.name', type: 'text', notNull: true },
    changedAt: { column: 't.changed_at', type: 'int', notNull: true },
  },
  defaultSort: 'priority',
  key: 't.id',
  row: (raw) =>
    touchpointRow.parse({
      ...raw,
      id: raw['id'] instanceof Uint8Array ? idOut(raw['id']) : '',
      brandId: raw['brand_id'] instanceof Uint8Array ? idOut(raw['brand_id']) : '',
      priority: int(raw['priority']),
      retired: int(raw['retired']) === 1,
      createdAt: iso(raw['created_at']),
      changedAt: iso(raw['changed_at']),
      revision: int(raw['revision']),
    }),
});

@Controller('brands/:brandId/touchpoints')
export class TouchpointController {
  constructor(
    private readonly touchpoints: TouchpointService,
    private readonly idempotency: Idempotency,
    private readonly database: Database,
  ) {}

  @Get()
  @Permission('content-planning.touchpoint.read')
  @Answers(touchpointList)
  list(@IdParam('brandId') brandId: string, @Query() query: TouchpointQueryDto): Promise<Page<TouchpointRow>> {
    const where: SqlFragment[] = [{ sql: 't.brand_id = ?', params: [idIn(brandId)] }];
    if (query.domain !== undefined) where.push({ sql: 't.domain = ?', params: [query.domain] });
    if (query.retired !== undefined) where.push({ sql: 't.retired = ?', params: [query.retired === 'true' ? 1 : 0] });
    if (query.q !== undefined && query.q !== '') {
      const text = `%${query.q.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
      where.push({ sql: "LOWER(t.name) LIKE ? ESCAPE '!' OR LOWER(t.code) LIKE ? ESCAPE '!'", params: [text, text] });
    }
    return this.database.read((tx) => touchpoints.page(tx, { query, where }));
  }

  @Get(':touchpointId')
  @Permission('content-planning.touchpoint.read')
  @Answers(touchpointRow)
  async get(@IdParam('brandId') brandId: string, @IdParam('touchpointId') touchpointId: string): Promise<TouchpointRow> {
    return rowOf(await this.touchpoints.get(brandId, touchpointId));
  }

  @Post()
  @Permission('content-planning.touchpoint.write')
  @Idempotent()
  @Answers(touchpointRow, { status: 201 })
  register(
    @IdParam('brandId') brandId: string,
    @Body() body: TouchpointInputDto,
    @CurrentOperator() actor: Operator,
    @IdempotencyScope() use: IdempotencyUse,
  ): Promise<TouchpointRow> {
    return this.idempotency.run(use, async (tx) => rowOf(await this.touchpoints.register(tx, brandId, body, actor.id)));
  }

  @Patch(':touchpointId')
  @Permission('content-planning.touchpoint.write')
  @Answers(touchpointRow)
  async change(
    @IdParam('brandId') brandId: string,
    @IdParam('touchpointId') touchpointId: string,
    @Body() body: TouchpointPatchDto,
    @CurrentOperator() actor: Operator,
  ): Promise<TouchpointRow> {
    return rowOf(await this.touchpoints.change(brandId, touchpointId, body, actor.id));
  }
}

function rowOf({ createdAt, changedAt, ...rest }: TouchpointEntity): TouchpointRow {
  return { ...rest, createdAt: iso(createdAt), changedAt: iso(changedAt) };
}
