"""Everything a person said or is stays sealed; this room holds the locks and who has the keys.

In Swedish: förseglingen. Must never know what a sealed word is about, nor write one in clear.
"""
