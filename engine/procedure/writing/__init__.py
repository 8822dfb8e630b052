"""Writers of a procedure's files: what is wanted goes in, and whatever the writer does not know stays as it was."""
