"""Pages of licensing staff."""
