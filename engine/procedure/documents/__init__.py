"""The documents of a procedure: what is printed of a case, in its owner's words, from a closed set of blocks."""

from engine.procedure.documents.model import BUILT_IN, FILE, Block, Document, Public, places_in
from engine.procedure.documents.reader import read_documents

__all__ = ["BUILT_IN", "FILE", "Block", "Document", "Public", "places_in", "read_documents"]
