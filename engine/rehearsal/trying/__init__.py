"""Trying a draft: its stories told step by step, and cases played by hand, in a program of its own."""
