-- What is in the background goes a few at a time. An exchange has nothing there; both kinds of object share the outbox.
ALTER TABLE outbox ADD COLUMN background INTEGER NOT NULL DEFAULT 0;
