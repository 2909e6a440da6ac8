import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { batchResult, expenseList } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, LargeBody, Permission, type Operator } from '@concentric/service-kit';
import { IntakeService } from '../intake/intake.service';
import { ExpenseBatchDto, ExpenseListDto, ExpensesDto } from './expense.dto';
import { ExpenseService } from './expense.service';

@ApiTags('expenses')
@Controller('brands/:brandId/expenses')
export class ExpenseController {
  constructor(
    private readonly intake: IntakeService,
    private readonly expenses: ExpenseService,
  ) {}

  @Post('batch')
  @HttpCode(200)
  @Permission('commerce.expense.write')
  @LargeBody()
  @ApiBody({ type: ExpensesDto })
  @Answers(batchResult)
  takeBatch(@IdParam('brandId') brandId: string, @Body() batch: ExpenseBatchDto, @CurrentOperator() operator: Operator) {
    return this.intake.take('expenses', brandId, batch.items, operator.id);
  }

  @Get()
  @Permission('commerce.expense.read')
  @Answers(expenseList)
  list(@IdParam('brandId') brandId: string, @Query() query: ExpenseListDto) {
    return this.expenses.list(brandId, query);
  }
}
