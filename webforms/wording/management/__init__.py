"""What the pages of those who look after the installation say: directory, imports, procedures, operations."""

from webforms.wording.management import company, directory, imports, messages, migrations, operations, procedure

WORDS = {
    **directory.WORDS,
    **company.WORDS,
    **imports.WORDS,
    **messages.WORDS,
    **procedure.WORDS,
    **migrations.WORDS,
    **operations.WORDS,
}
