"""Proofs that what is stored is what happened: the chains verify, and the projections can be made again."""
