import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was open about a statement when it became void asks nobody for anything any more. */
export class FindingsOfVoidStatements1700000300042 implements MigrationInterface {
  readonly name = 'FindingsOfVoidStatements1700000300042';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      "UPDATE finding SET state = 'VOID' WHERE state = 'OPEN' AND statement_id IN (SELECT statement_id FROM statement WHERE state = 'VOID')",
    );
  }

  async down(): Promise<void> {
    // Nobody could have accepted them either.
  }
}
