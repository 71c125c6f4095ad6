"""The command line, one file a noun. Commands are doors like pages: they look up, ask an action, and tell."""
