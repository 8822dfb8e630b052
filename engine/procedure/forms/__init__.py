"""The forms of a procedure: form-js JSON as components, and the one validator of what people type."""

from engine.procedure.forms.component import Component, FormField
from engine.procedure.forms.form import Form, FormAnswer
from engine.procedure.forms.reader import read_form

__all__ = ["Component", "Form", "FormAnswer", "FormField", "read_form"]
