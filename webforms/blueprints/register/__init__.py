"""The register: the book of all complaints, narrowed and searched by its address, and files made of it."""

from webforms.blueprints.register import book, exporting
from webforms.blueprints.register.door import blueprint

__all__ = ["blueprint", "book", "exporting"]
