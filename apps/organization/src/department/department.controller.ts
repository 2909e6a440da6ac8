import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { departmentList, departmentRow, type DepartmentRow } from '@concentric/contracts';
import { Answers, CurrentOperator, HoldsNoRows, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { DepartmentInputDto, DepartmentPatchDto } from './department.dto';
import { DepartmentService } from './department.service';

@Controller('departments')
export class DepartmentController {
  constructor(private readonly departments: DepartmentService) {}

  @Get()
  @HoldsNoRows()
  @Permission('organization.department.read')
  @Answers(departmentList)
  async list(): Promise<{ data: DepartmentRow[]; total: number }> {
    const data = await this.departments.list();
    return { data, total: data.length };
  }

  @Get(':departmentId')
  @HoldsNoRows()
  @Permission('organization.department.read')
  @Answers(departmentRow)
  get(@IdParam('departmentId') departmentId: string): Promise<DepartmentRow> {
    return this.departments.get(departmentId);
  }

  @Post()
  @Permission('organization.department.write')
  @Answers(departmentRow, { status: 201 })
  create(@Body() body: DepartmentInputDto, @CurrentOperator() actor: Operator): Promise<DepartmentRow> {
    return this.departments.create(body, actor.id);
  }

  @Patch(':departmentId')
  @Permission('organization.department.write')
  @Answers(departmentRow)
  change(
    @IdParam('departmentId') departmentId: string,
    @Body() body: DepartmentPatchDto,
    @CurrentOperator() actor: Operator,
  ): Promise<DepartmentRow> {
    return this.departments.change(departmentId, body, actor.id);
  }
}
