-- What is in the background goes a few at a time.
ALTER TABLE outbox ADD COLUMN background INTEGER NOT NULL DEFAULT 0;

-- Endpoints that are told what happens, as far as something is wrong with them.
CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  failing_since INTEGER,
  gone_at INTEGER
) STRICT;

-- Their secrets, encrypted.
CREATE TABLE webhook_secret (
  id TEXT PRIMARY KEY,
  webhook TEXT NOT NULL,
  sealed TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Messages to them, and each attempt.
CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  webhook TEXT NOT NULL,
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX delivery_by_webhook ON delivery (webhook, created_at);
CREATE INDEX delivery_by_age ON delivery (created_at);
CREATE INDEX delivery_waiting ON delivery (webhook) WHERE state = 'waiting';

CREATE TABLE delivery_attempt (
  delivery TEXT NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER,
  took_ms INTEGER NOT NULL,
  answer TEXT NOT NULL
) STRICT;
CREATE INDEX delivery_attempt_by_delivery ON delivery_attempt (delivery, at);
