"""What the editors that are pages say."""

from webforms.wording.studio.editors import forms, stories

WORDS = {**forms.WORDS, **stories.WORDS}
