"""Trying what a procedure's stories are worth: taking carriers of clauses away, and changing what the tables and diagrams say."""
