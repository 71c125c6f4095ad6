"""Documents: what is printed, that it can be read by every means, and that no name breaks it."""
