"""How the house is put together: settings, addresses, commands, the database it stands on.

In Swedish: driften. Knows every room; no room may know it.
"""
