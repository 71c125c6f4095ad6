"""The taxi driver safeguarding test."""
