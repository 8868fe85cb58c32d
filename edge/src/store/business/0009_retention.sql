-- What is erased is found by its age. The first look is taken soon.
CREATE INDEX request_by_end ON request (ended_at) WHERE state = 'ended';
CREATE INDEX journal_by_age ON journal (at);
INSERT INTO timer (what, due) VALUES ('erasure', 0);
