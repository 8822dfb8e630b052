"""The pages that staff use: server-rendered, complete without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from webforms import access, assets, navigation, prepared, refusals, security, uploads, visit, wording
from webforms.blueprints import BLUEPRINTS
from webforms.rendering import filters

if TYPE_CHECKING:
    from engine.bootstrap import Application

__all__ = ["create_app"]


class _Pages(Flask):
    request_class = uploads.Request
    url_rule_class = prepared.Address


def create_app(application: Application) -> Flask:
    """The web application around a built engine; it holds no state of its own beside the engine's."""
    app = _Pages(__name__)
    app.config.update(security.configuration(application.settings))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = prepared.TEMPLATES
    app.extensions["redress"] = application
    for part in (visit, wording, filters, assets, access, security, refusals, navigation):
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
