-- Calls in the browser: who wants them, why one went over to the telephone, and whose desk is ready.
ALTER TABLE request ADD COLUMN voice INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN switched TEXT;
ALTER TABLE agent ADD COLUMN voice INTEGER NOT NULL DEFAULT 0;
-- The connection between two browsers: its number within the call, and who has said that it is there.
CREATE TABLE connection (
  request TEXT PRIMARY KEY,
  n INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  agent INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
