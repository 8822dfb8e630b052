"""What all pages of the procedures share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("procedure", __name__)
