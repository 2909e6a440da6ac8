import { Injectable } from '@nestjs/common';
import type { Tx } from '@concentric/service-kit';
import { BindingRepository } from './binding.repository';
import { bindingOf } from './binding.rules';
import { MergeRepository } from './merge.repository';

/** Who would earn by whom a person was bound to. */
@Injectable()
export class BoundPartner {
  constructor(
    private readonly bindings: BindingRepository,
    private readonly merges: MergeRepository,
  ) {}

  /** By what is known now of a moment (epoch ms); null: nobody. */
  async at(tx: Tx, customerId: string, at: number): Promise<string | null> {
    const merges = await this.merges.of(tx, [customerId]);
    const persons = [customerId, ...[...merges.values()].map((merge) => merge.customerId)];
    return bindingOf(customerId, at, await this.bindings.ofCustomers(tx, persons), merges)?.partnerId ?? null;
  }
}
