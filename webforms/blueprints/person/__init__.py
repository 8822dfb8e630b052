"""What belongs to the person signed in: language, password, messages, and what they want to be told."""

from webforms.blueprints.person import account, messages, preferences, undelivered
from webforms.blueprints.person.account import password_page
from webforms.blueprints.person.door import blueprint

__all__ = ["account", "blueprint", "messages", "password_page", "preferences", "undelivered"]
