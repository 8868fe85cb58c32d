-- For whom the business's server vouches, as far as the customer let the agent know.
ALTER TABLE request ADD COLUMN customer TEXT;
