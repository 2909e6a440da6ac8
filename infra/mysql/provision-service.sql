-- One schema and two users for one service. Run as administrator; may be run again.
-- The schema appears twice: in a GRANT its underscores are escaped, or they would match any character.
-- Names and passwords in double braces are filled in by infra/local/provision.mjs.

CREATE DATABASE IF NOT EXISTS `{{schema}}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The owner migrates: everything in this schema, nothing outside it.
CREATE USER IF NOT EXISTS '{{owner}}'@'%' IDENTIFIED BY '{{ownerPassword}}';
ALTER USER '{{owner}}'@'%' IDENTIFIED BY '{{ownerPassword}}';
GRANT ALL PRIVILEGES ON `{{grantSchema}}`.* TO '{{owner}}'@'%' WITH GRANT OPTION;

-- The service reads and appends. UPDATE and DELETE follow per table, granted by the owner after a migration,
-- so that ledgers and archives stay append-only for the account the service runs with.
CREATE USER IF NOT EXISTS '{{user}}'@'%' IDENTIFIED BY '{{userPassword}}';
ALTER USER '{{user}}'@'%' IDENTIFIED BY '{{userPassword}}';
GRANT SELECT, INSERT ON `{{grantSchema}}`.* TO '{{user}}'@'%';
