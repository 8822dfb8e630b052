"""What the editors that are pages say."""

from webforms.wording.studio.editors import forms, saving, stories

WORDS = {**forms.WORDS, **saving.WORDS, **stories.WORDS}
