"""The pages over a real engine with the demo company, on a manual clock."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from engine.bootstrap import Application
from tests.office import Office
from tests.web.pages import Browser
from webforms import create_app

Login = Callable[[str], Browser]


@pytest.fixture
def app(application: Application) -> Flask:
    """The web application in demonstration mode."""
    application.settings = application.settings.model_copy(update={"demo": True, "max_upload_bytes": 100 * 1024})
    created = create_app(application)
    created.testing = True
    return created


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who has not signed in."""
    return Browser(app)


@pytest.fixture
def login(app: Flask, office: Office) -> Login:
    """Opens the browser of a demo person."""
    return lambda name: Browser(app, office.person_id(name))
