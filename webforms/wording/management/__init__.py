"""What the pages of those who look after the installation say: directory, procedures, operations."""

from webforms.wording.management import directory, operations, procedure

WORDS = {**directory.WORDS, **procedure.WORDS, **operations.WORDS}
