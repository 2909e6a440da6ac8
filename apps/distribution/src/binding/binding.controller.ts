import { Controller, Get, Query } from '@nestjs/common';
import { bindingList, bindingQuery } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, NarrowsToScope, Permission, createZodDto, type Operator } from '@concentric/service-kit';
import { BindingListRepository } from './binding-list.repository';

class BindingQueryDto extends createZodDto(bindingQuery) {}

@Controller('brands/:brandId/bindings')
export class BindingController {
  constructor(private readonly bindings: BindingListRepository) {}

  @Get()
  @NarrowsToScope()
  @Permission('distribution.binding.read')
  @Answers(bindingList)
  list(@IdParam('brandId') brandId: string, @Query() query: BindingQueryDto, @CurrentOperator() operator: Operator) {
    return this.bindings.list(brandId, query, operator);
  }
}
