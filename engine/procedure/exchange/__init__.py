"""Procedures as files that go out and come in: written alike every time, taken from any editor, completed by answers."""
