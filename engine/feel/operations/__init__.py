"""What the operators do with values: arithmetic, comparison and the calendar's own values."""
