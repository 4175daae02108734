"""Reading beyond one machine: sources to shards, shards to Parquet by any number of workers, and Parquet to a case."""
