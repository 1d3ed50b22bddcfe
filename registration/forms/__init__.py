"""Text to values, and the wording of errors."""
