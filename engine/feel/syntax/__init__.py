"""From text to tree: a lexer that knows the names in scope, and an LALR grammar behind it."""
