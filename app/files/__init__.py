"""What comes in as a file: found out by its content, made anew without what it must not carry, scanned, and stored.

No room: it knows neither people nor the database. Nothing that is parsed here is parsed in the app's own process
(clean.py starts a child for each file).
"""
