"""What the studio's pages and editors say, one module a stage or kind of file."""

from webforms.wording.studio import (
    changes,
    diagrams,
    editors,
    foreign,
    frame,
    limits,
    panel,
    publishing,
    saving,
    sheets,
    stages,
    tables,
    trying,
)

WORDS = {
    **frame.WORDS,
    **changes.WORDS,
    **diagrams.WORDS,
    **editors.WORDS,
    **foreign.WORDS,
    **limits.WORDS,
    **panel.WORDS,
    **publishing.WORDS,
    **saving.WORDS,
    **sheets.WORDS,
    **stages.WORDS,
    **tables.WORDS,
    **trying.WORDS,
}
