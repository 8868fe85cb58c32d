-- The language that the customer reads, a tag of BCP 47.
ALTER TABLE request ADD COLUMN language TEXT;
