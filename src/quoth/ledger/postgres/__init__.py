"""The database of a ledger on a Postgres server, for several people at once.  Needs psycopg (the extra `postgres`)."""
