"""Pages of a driver who has signed in."""
