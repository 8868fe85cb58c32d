-- A limit of 0 was once kept as an instant that no double holds. What waits for it is looked at again, and waits for another day.
UPDATE timer SET due = 0 WHERE due > 9007199254740991;
UPDATE held SET until = 0 WHERE until > 9007199254740991;
UPDATE request SET next_attempt_at = 0 WHERE next_attempt_at > 9007199254740991;
