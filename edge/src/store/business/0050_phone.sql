-- What an agent's phone published last, as JSON; NULL where none was heard of.
ALTER TABLE agent ADD COLUMN published TEXT;
