"""What the stages of a change say beside the editors."""

from webforms.wording.studio.stages import replaying

WORDS = {**replaying.WORDS}
