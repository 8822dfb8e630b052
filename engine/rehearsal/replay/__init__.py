"""Complaints that were, played through another version: what people did is taken from the record, the rest is the clock's."""
