UPDATE leg SET leg = json_remove(leg, '$.dialled.say');
ALTER TABLE outbox ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0;
