"""What the editors of forms, the vocabulary, clauses, stories, settings and papers show of a draft."""
