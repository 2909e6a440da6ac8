/** What a page is for, and what to do on an empty one; English. */
export const hintsEn = {
  intro: {
    members: 'Persons known by their purchases, and the members among them. Find one exactly by an identity.',
    member: 'Identities are masked. Purchases open to what they earned for whom.',
    partner_tree: 'Who stood under whom on a date. What was earned is always decided by the network of that moment.',
    network_import: 'CSV, plain or gzip. The file is applied as a whole, and may be sent again: what is known already is left unchanged.',
    bindings: 'Which customer belongs to which partner, since when and why.',
    plans: 'Who earns how much of what. A plan is activated by somebody other than its author and never changes after.',
    plan_write: 'Each rule says who earns how much of what. The more specific rule of a role wins: by category, then by channel.',
    commission: 'Every share of every order line, frozen when the order was placed. The question mark tells why.',
    my_earnings: 'What you earned, line by line. The question mark tells why.',
    held_refunds: 'Refunds by which no commission has been taken back yet, and why. Nothing of them is booked in part.',
    held: 'Orders that could not be split yet. They are evaluated as of their own time as soon as the cause is gone.',
    periods:
      'One person starts closing a period, another closes it; it is sealed once all its statements are approved. Nothing is ever reopened.',
    review:
      'Statements wait here for two people: one submits, another approves. What is unusual comes first. Totals are those of everything the filter matches.',
    my_disputes: 'What you do not agree with, and what came of it. A statement can be disputed on its page while it is shown to you.',
    disputes: 'What partners do not agree with. One person proposes how to settle it, another decides.',
    adjustments: 'What is owed is corrected by documents, never by editing: one person proposes, another books.',
    adjustment_propose: 'Booked in the open period once approved; the statement that it corrects stays as it is.',
    payouts: 'Batches by which partners are paid. One person of the treasury prepares and submits, another approves and releases.',
    payout_prepare: 'Takes every statement that is to be paid, or those of one period or kind of partner.',
    bank: 'Only the word of the bank makes a payment paid or failed. What is not certain is listed here and never booked.',
    payees: 'Where partners are paid. One person proposes, another approves after comparing with the evidence.',
    payee_propose: 'Approved by another person of the treasury before anything is paid.',
    my_payee: 'Where we pay you. Details are masked; a change is approved before it counts.',
    my_payee_propose: 'Your account as the bank knows it. It counts once it has been approved.',
    withholding: 'What is withheld from whom, from which date on. Rules follow each other and never overlap.',
    withholding_propose: 'Counts for statements of periods that end on or after its date.',
    recalculations:
      'What another plan version would have given for orders of the past. The difference is booked as adjustments, never by editing.',
    recalculation_propose: 'Nothing is booked by proposing: the differences are computed and shown first.',
    my_statements: 'What every closed period came to for you.',
    controls:
      'The books check themselves after every business date, before a period closes, and whenever somebody asks. What differs stops a period from closing.',
    settings: 'How commission is bound, held back, stated and paid. A change counts for what is decided after it.',
    payout_items: 'Every payment of every batch. What failed or came back is paid again by preparing another payout.',
    bank_files: 'Every file of the bank that was taken in. Its bytes are known by their hash: taken in again, it does nothing.',
    ledger: 'Every amount is booked twice; the sum over all accounts is zero, always.',
    board: 'Quality and profit first. A ratio shows both of its parts; a gap says why there is no data.',
    dead: 'Events that a consumer gave up on. Mend the cause, then hand them in again: nothing is counted twice.',
    touchpoints: 'Where customers meet the brand. Orders and expenses may name a touchpoint by its code.',
    departments: 'Who works for the customer, and how close.',
    operators: 'Who may sign in, and what they may do.',
  },
  empty: {
    no_brand: 'No brand has been set up yet.',
    orders: {
      title: 'No orders yet',
      hint: 'Orders of every channel come together here. Import a file, or let your shop send them.',
    },
    refunds: { title: 'No refunds yet', hint: 'Refunds find their order by themselves, also when they arrive first.' },
    products: { title: 'No products yet', hint: 'Products with their dated cost make the margin known.' },
    imports: {
      title: 'No file imported yet',
      hint: 'Drop a CSV or NDJSON file. Every rejected row comes back with what to do about it.',
    },
    members: { title: 'Nobody is known yet', hint: 'Persons are found or created from the purchases you bring in.' },
    partners: {
      title: 'No partners yet',
      hint: 'Distributors, stores, guides and group leaders come from a network file.',
    },
    bindings: {
      title: 'Nobody is bound yet',
      hint: 'A customer is bound to a partner by a purchase, by the rule of the brand.',
    },
    plans: {
      title: 'No plan yet',
      hint: 'A plan says who earns how much of what. One person writes it, another activates it.',
    },
    commission: {
      title: 'Nothing has been earned yet',
      hint: 'Shares appear as orders are split by the plan in force.',
    },
    held_refunds: { title: 'No refund is held', hint: 'Refunds that cannot be taken back would wait here with the reason.' },
    held: { title: 'No order is held', hint: 'Orders that cannot be split yet would wait here with the reason.' },
    periods: { title: 'No period yet', hint: 'A period appears with its first booking.' },
    statements: { title: 'No statements yet', hint: 'Statements are made when a period closes.' },
    disputes: {
      title: 'Nothing is disputed',
      hint: 'Partners may dispute a statement while it is shown to them. It then waits here.',
    },
    adjustments: {
      title: 'No adjustments yet',
      hint: 'Correct what a partner is owed, or give up what is carried. One person proposes, another books it.',
    },
    payouts: {
      title: 'No payouts yet',
      hint: 'Confirmed statements of partners with approved payee details can be paid. Prepare the first batch.',
    },
    bank: {
      title: 'The bank has not said anything yet',
      hint: 'Release a payout, hand its file to the bank, and take in the results here.',
    },
    payees: {
      title: 'Nobody can be paid yet',
      hint: 'Propose where a partner is to be paid. Another person approves it.',
    },
    my_payee: {
      title: 'We do not know where to pay you',
      hint: 'Propose your account. Once it has been approved, your statements can be paid.',
    },
    withholding: {
      title: 'Nothing is withheld',
      hint: 'Propose from which date what is withheld from which kinds of partner.',
    },
    recalculations: {
      title: 'Nothing has been recalculated',
      hint: 'Choose a plan version and a range of dates to see what it would have given.',
    },
    controls: {
      title: 'The books have not been checked yet',
      hint: 'They are checked after every business date. Check them now to know at once.',
    },
    payout_items: {
      title: 'Nothing has been paid yet',
      hint: 'Every payment of every batch is found here, with what the bank said about it.',
    },
    bank_files: {
      title: 'No file of the bank has been taken in',
      hint: 'Release a payout, hand its file to the bank, and take in what the bank answers.',
    },
    ledger: { title: 'Nothing has been booked yet', hint: 'Accounts appear with the first commission.' },
    dead: { title: 'Nothing is dead here', hint: 'Every event found its consumer.' },
    touchpoints: {
      title: 'No touchpoints yet',
      hint: 'Register the places where customers meet the brand, most important first.',
    },
    departments: { title: 'No departments yet', hint: 'Departments stand on rings around the customer.' },
    operators: { title: 'No operators yet', hint: 'Add the people who may sign in.' },
  },
};
