"""A program that never ends by itself, kept within the limits of the check; started by a test."""

from __future__ import annotations

import sys

from engine.rehearsal.children import keep_within

if __name__ == "__main__":
    keep_within(int(sys.argv[1]), int(sys.argv[2]))
    while True:
        pass
