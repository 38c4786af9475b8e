"""How long each thing lives: a class for every field of every model, so that nothing is kept by forgetting.

In Swedish: gallring. Must never know what a value says, only how long it may stay.
"""
