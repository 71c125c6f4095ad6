"""Domain values to PDF, vCard and letters."""
