"""Killing and freezing the parts of the product while people work with it, and counting afterwards what they were promised."""
