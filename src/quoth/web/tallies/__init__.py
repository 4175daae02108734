"""What a whole snapshot says of its sources, outlets, places and deadlines: counts and what follows, nothing judged."""
