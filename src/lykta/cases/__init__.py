"""Personal files behind walls: one person a file, what she is and what was said sealed, each opening logged.

In Swedish: personakter. Must never know of an anonymous dialogue, nor of what lies behind another wall.
"""
