"""Actions do: one function per intention; they never commit and never render."""
