-- Why an agent is away, and why after the present call.
ALTER TABLE agent ADD COLUMN pause TEXT;
ALTER TABLE agent ADD COLUMN next_pause TEXT;

-- Times that a request left an agent for another one.
ALTER TABLE request ADD COLUMN handed TEXT NOT NULL DEFAULT '[]';

-- Earlier calls with the same customer.
CREATE INDEX request_by_phone ON request (phone, ended_at) WHERE state = 'ended';

-- What agents did: breaks, talks, wrap-ups, calls they did not take. Only ever added to.
CREATE TABLE journal (
  agent TEXT NOT NULL,
  at INTEGER NOT NULL,
  deed TEXT NOT NULL,
  ms INTEGER NOT NULL,
  request TEXT,
  reason TEXT,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_agent ON journal (agent, at);
