import { Injectable } from '@nestjs/common';
import type { Tx } from '@concentric/service-kit';
import { BindingRepository } from './binding.repository';
import { bindingAt } from './binding.rules';
import { MergeRepository } from './merge.repository';
import { personAt } from './merge.rules';

/** Who would earn by whom a person was bound to. */
@Injectable()
export class BoundPartner {
  constructor(
    private readonly bindings: BindingRepository,
    private readonly merges: MergeRepository,
  ) {}

  /** By what is known now of a moment (epoch ms); null: nobody. */
  async at(tx: Tx, customerId: string, at: number): Promise<string | null> {
    const person = personAt(customerId, at, await this.merges.of(tx, [customerId]));
    return bindingAt((await this.bindings.ofCustomers(tx, [person])).get(person), at)?.partnerId ?? null;
  }
}
