import { Partners1700000300001 } from './1700000300001-partners';
import { Plans1700000300002 } from './1700000300002-plans';
import { Bindings1700000300003 } from './1700000300003-bindings';
import { Purchases1700000300004 } from './1700000300004-purchases';
import { CommissionLines1700000300005 } from './1700000300005-commission-lines';
import { Ledger1700000300006 } from './1700000300006-ledger';
import { Statements1700000300007 } from './1700000300007-statements';
import { PayoutBlocks1700000300008 } from './1700000300008-payout-blocks';
import { Disputes1700000300009 } from './1700000300009-disputes';
import { Adjustments1700000300010 } from './1700000300010-adjustments';
import { HeldProposals1700000300011 } from './1700000300011-held-proposals';
import { Payees1700000300020 } from './1700000300020-payees';
import { Withholding1700000300021 } from './1700000300021-withholding';
import { Payouts1700000300022 } from './1700000300022-payouts';
import { BankLines1700000300023 } from './1700000300023-bank-lines';
import { Findings1700000300030 } from './1700000300030-findings';
import { Recalculations1700000300031 } from './1700000300031-recalculations';
import { Controls1700000300040 } from './1700000300040-controls';

export const migrations = [
  Partners1700000300001,
  Plans1700000300002,
  Bindings1700000300003,
  Purchases1700000300004,
  CommissionLines1700000300005,
  Ledger1700000300006,
  Statements1700000300007,
  PayoutBlocks1700000300008,
  Disputes1700000300009,
  Adjustments1700000300010,
  HeldProposals1700000300011,
  Payees1700000300020,
  Withholding1700000300021,
  Payouts1700000300022,
  BankLines1700000300023,
  Findings1700000300030,
  Recalculations1700000300031,
  Controls1700000300040,
];
