"""Pages of question editors and reviewers."""
