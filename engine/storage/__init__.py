"""SQLAlchemy Core tables, the unit of work, the journal with its hash chains, and the projections made from it."""
