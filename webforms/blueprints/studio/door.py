"""What all pages of the studio share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("studio", __name__)
