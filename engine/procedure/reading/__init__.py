"""Reading all files of a bundle: each once, and not again while it stays as it was, for those who keep a memory of it."""

from engine.procedure.reading.files import FIELDS_FILE, FORMS_FOLDER, Reading, read_all
from engine.procedure.reading.memory import Memory

__all__ = ["FIELDS_FILE", "FORMS_FOLDER", "Memory", "Reading", "read_all"]
