"""The blueprint that all pages of one's own share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("person", __name__)
