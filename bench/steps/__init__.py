"""What one step costs: a bare transaction to compare with, an office that is watched, and long cases."""
