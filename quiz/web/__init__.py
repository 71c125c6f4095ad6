"""Pages show: the only Flask in the house, with app.py and cli.py."""
