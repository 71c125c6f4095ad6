"""The question editors' pages: read, write, review, agree, suspend and bring back."""
