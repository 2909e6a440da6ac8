import mysql from 'mysql2';

/** Every session, whoever opened the connection: strict values, standard grouping, `||` joins text as on SQLite. */
const sessionMode = [
  'STRICT_ALL_TABLES',
  'STRICT_TRANS_TABLES',
  'ONLY_FULL_GROUP_BY',
  'NO_ZERO_DATE',
  'NO_ZERO_IN_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
  'PIPES_AS_CONCAT',
].join(',');

const sessionSetup = [
  `SET SESSION sql_mode = '${sessionMode}', SESSION time_zone = '+00:00', SESSION innodb_lock_wait_timeout = 10, SESSION max_error_count = 4096`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** The driver looks for placeholders even where there are no values, through every row of a long statement. */
function queryFormat(sql: string, values: readonly mysql.SqlValue[]): string {
  return values.length === 0 ? sql : mysql.format(sql, [...values], true, 'Z');
}

/**
 * mysql2 with sessions set up before anything else runs on them: commands of a connection run in order, so what is
 * sent when it opens comes first. A connection that cannot be set up is closed rather than used with other rules.
 */
export const mysqlDriver = {
  ...mysql,
  createPool(options: mysql.PoolOptions): mysql.Pool {
    const pool = mysql.createPool({ ...options, queryFormat });
    pool.on('connection', (connection) => {
      for (const statement of sessionSetup) {
        connection.query(statement, (error: unknown) => {
          if (error) connection.destroy();
        });
      }
    });
    return pool;
  },
};
