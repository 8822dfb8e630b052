"""What can be said of a decision table without running it: rows that contradict each other, cases no row takes."""
