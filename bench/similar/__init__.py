"""Similar earlier cases: how long they take to find among very many, and how well they are found."""
