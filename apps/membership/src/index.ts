import type { ServiceDefinition } from '@concentric/service-kit';
import { CreatePersons1764000200001 } from '../migrations/1764000200001-create-persons';
import { CreatePurchases1764000200002 } from '../migrations/1764000200002-create-purchases';
import { CountIntake1764000200003 } from '../migrations/1764000200003-count-intake';
import { CreateSettings1764000200004 } from '../migrations/1764000200004-create-settings';
import { Identity } from './identity/identity.entity';
import { CustomerMerge } from './member/customer-merge.entity';
import { Customer } from './member/customer.entity';
import { MemberStatus } from './member/member-status.entity';
import { MembershipModule } from './membership.module';
import { PurchaseRefund } from './purchase/purchase-refund.entity';
import { Purchase } from './purchase/purchase.entity';
import { IntakeCount } from './seal/intake-count.entity';
import { MembershipSetting } from './setting/membership-setting.entity';
import { TierHistory } from './tier/tier-history.entity';

/** The member centre: who bought, since when a member, of which tier. */
export const definition: ServiceDefinition = {
  name: 'membership',
  module: MembershipModule,
  entities: [Customer, CustomerMerge, Identity, IntakeCount, MembershipSetting, MemberStatus, Purchase, PurchaseRefund, TierHistory],
  migrations: [CreatePersons1764000200001, CreatePurchases1764000200002, CountIntake1764000200003, CreateSettings1764000200004],
  scope: { network: true, bindings: true },
};
