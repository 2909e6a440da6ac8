import { Controller } from '@nestjs/common';
import { memberRegistered, type DataOf, type Event } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { FactService } from './fact.service';

@Controller()
export class CountMembersWhenMemberRegistered {
  constructor(private readonly facts: FactService) {}

  @Consumer('count-members-when-member-registered', [memberRegistered])
  async handle(events: Event<DataOf<typeof memberRegistered>>[], tx: Tx): Promise<void> {
    await this.facts.countMembers(
      tx,
      events.map(({ data }) => data),
    );
  }
}
