"""What burns now, reports, improvement plans, and the ledger of rewards and sanctions."""

from webforms.wording.reports import dashboard, figures, improvement

WORDS = {**dashboard.WORDS, **figures.WORDS, **improvement.WORDS}
