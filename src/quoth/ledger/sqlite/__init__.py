"""The database of a ledger in one SQLite file, which opens in any SQLite browser."""
