"""Walls: who may do what, inside which wall, and the door that asks before every page.

In Swedish: behörighet. Must never know what stands behind a wall, only who may pass.
"""
