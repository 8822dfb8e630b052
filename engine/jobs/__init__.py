"""Work that a command leaves for later: the same jobs in the worker's own thread or, on PostgreSQL, through Procrastinate."""
