-- Who asked at the door, so that nobody takes another's place: a network's digest; of a challenge for a new passkey, the session.
ALTER TABLE link ADD COLUMN network TEXT;
ALTER TABLE challenge ADD COLUMN asker TEXT;
ALTER TABLE sign_on_state ADD COLUMN asker TEXT;
