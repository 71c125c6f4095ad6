"""The command line, tried as an IT person would: real folders, real databases, real processes."""
