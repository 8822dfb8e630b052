"""What a case file brings together from all rounds: who was spoken with, what was promised, who signed what."""

from engine.queries.case_file.gathered.contacts import Contact, Contacts, contacts
from engine.queries.case_file.gathered.promises import Promise, Promises, promises
from engine.queries.case_file.gathered.sheets import Answer, Sheet
from engine.queries.case_file.gathered.signatures import Signature, Signed, signatures

__all__ = [
    "Answer",
    "Contact",
    "Contacts",
    "Promise",
    "Promises",
    "Sheet",
    "Signature",
    "Signed",
    "contacts",
    "promises",
    "signatures",
]
