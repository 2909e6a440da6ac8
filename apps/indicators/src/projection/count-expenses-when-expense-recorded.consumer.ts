import { Controller } from '@nestjs/common';
import { expenseRecorded, type DataOf, type Event } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { FactService } from './fact.service';

@Controller()
export class CountExpensesWhenExpenseRecorded {
  constructor(private readonly facts: FactService) {}

  @Consumer('count-expenses-when-expense-recorded', [expenseRecorded])
  async handle(events: Event<DataOf<typeof expenseRecorded>>[], tx: Tx): Promise<void> {
    await this.facts.countExpenses(
      tx,
      events.map(({ data }) => data),
    );
  }
}
