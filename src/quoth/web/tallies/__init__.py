"""What is counted over a whole case: of sources, outlets, places and deadlines; each once for a snapshot."""
