import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { operatorList, type OperatorRow, operatorRow } from '@concentric/contracts';
import {
  Answers,
  CurrentOperator,
  Database,
  IdParam,
  idOut,
  KeysetList,
  type Operator,
  type Page,
  Permission,
  type SqlFragment,
} from '@concentric/service-kit';
import { OperatorInputDto, OperatorPatchDto, OperatorQueryDto } from './operator.dto';
import { OperatorEntity } from './operator.entity';
import { operatorRowOf, OperatorService } from './operator.service';
import { nameKey } from './password.rules';

const ids = new KeysetList<string>({
  select: 'SELECT o.id FROM operator o',
  sorts: {
    name: { column: 'o.name_key', type: 'text', notNull: true },
    createdAt: { column: 'o.created_at', type: 'int', notNull: true },
    lastSignInAt: { column: 'o.last_sign_in_at', type: 'int' },
  },
  defaultSort: 'name',
  key: 'o.id',
  row: (raw) => (raw['id'] instanceof Uint8Array ? idOut(raw['id']) : ''),
});

@Controller('operators')
export class OperatorController {
  constructor(
    private readonly operators: OperatorService,
    private readonly database: Database,
  ) {}

  @Get()
  @Permission('organization.operator.read')
  @Answers(operatorList)
  async list(@Query() query: OperatorQueryDto): Promise<Page<OperatorRow>> {
    const where: SqlFragment[] = [];
    if (query.q !== undefined && query.q !== '')
      where.push({ sql: "o.name_key LIKE ? ESCAPE '!'", params: [`${escapeLike(nameKey(query.q))}%`] });
    if (query.disabled !== undefined) where.push({ sql: 'o.disabled = ?', params: [query.disabled === 'true' ? 1 : 0] });
    return this.database.read(async (tx) => {
      const page = await ids.page(tx, { query, where });
      const rows = await Promise.all(page.data.map((id) => tx.findOneByOrFail(OperatorEntity, { id })));
      return { ...page, data: rows.map(operatorRowOf) };
    });
  }

  @Get(':operatorId')
  @Permission('organization.operator.read')
  @Answers(operatorRow)
  async get(@IdParam('operatorId') operatorId: string): Promise<OperatorRow> {
    return operatorRowOf(await this.operators.get(operatorId));
  }

  @Post()
  @Permission('organization.operator.write')
  @Answers(operatorRow, { status: 201 })
  async create(@Body() body: OperatorInputDto, @CurrentOperator() actor: Operator): Promise<OperatorRow> {
    return operatorRowOf(await this.operators.create(body, actor));
  }

  @Patch(':operatorId')
  @Permission('organization.operator.write')
  @Answers(operatorRow)
  async change(
    @IdParam('operatorId') operatorId: string,
    @Body() body: OperatorPatchDto,
    @CurrentOperator() actor: Operator,
  ): Promise<OperatorRow> {
    return operatorRowOf(await this.operators.change(operatorId, body, actor));
  }
}

const escapeLike = (text: string) => text.replace(/[!%_]/g, '!$&');
