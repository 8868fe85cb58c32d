-- What a secret may be used for, words with a blank between, and from when on it is unknown. Earlier ones go on as they are: good for
-- everything there was, without an end.
ALTER TABLE secret ADD COLUMN scopes TEXT NOT NULL DEFAULT 'bridges customers usage';
ALTER TABLE secret ADD COLUMN expires_at INTEGER;
