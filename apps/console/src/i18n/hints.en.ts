/** What a page is for, and what to do on an empty one; English. */
export const hintsEn = {
  intro: {
    members: 'Persons known by their purchases, and the members among them. Find one exactly by an identity.',
    member: 'Identities are masked. Purchases open to what they earned for whom.',
    partner_tree: 'Who stood under whom on a date. What was earned is always decided by the network of that moment.',
    network_import:
      'CSV, plain or gzip. The file is applied as a whole, and may be sent again: what is known already is left unchanged.',
    bindings: 'Which customer belongs to which partner, since when and why.',
    plans: 'Who earns how much of what. A plan is activated by somebody other than its author and never changes after.',
    plan_write:
      'Each rule says who earns how much of what. The more specific rule of a role wins: by category, then by channel.',
    commission: 'Every share of every order line, frozen when the order was placed. Open a row to see why.',
    my_earnings: 'What you earned, line by line. Open a row to see why.',
    held: 'Orders that could not be split yet. They are evaluated as of their own time as soon as the cause is gone.',
    periods: 'A period closes when it has ended and everything has arrived, or by decision with a reason.',
    review:
      'Statements wait here for two people: one submits, another approves. Totals are those of everything the filter matches.',
    my_statements: 'What every closed period came to for you.',
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
    held: { title: 'No order is held', hint: 'Orders that cannot be split yet would wait here with the reason.' },
    periods: { title: 'No period yet', hint: 'A period appears with its first booking.' },
    statements: { title: 'No statements yet', hint: 'Statements are made when a period closes.' },
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
