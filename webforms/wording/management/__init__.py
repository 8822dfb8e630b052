"""What the pages of those who look after the installation say: directory, imports, procedures, operations."""

from webforms.wording.management import company, directory, imports, operations, procedure, studio

WORDS = {**directory.WORDS, **company.WORDS, **imports.WORDS, **procedure.WORDS, **operations.WORDS, **studio.WORDS}
