"""Records remember: tables, and questions asked of them."""
