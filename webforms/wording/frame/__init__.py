"""What every page says: the frame around it, signing in, forms in general, and what went wrong."""

from webforms.wording.frame import errors, forms, shell, sign_in

WORDS = {**shell.WORDS, **sign_in.WORDS, **forms.WORDS, **errors.WORDS}
