"""Text to domain values and back."""
