"""The ground everything stands on: doors to the database, words, layout, ids, the clock.

In Swedish: grunden. Must never know any room above it, nor a person.
"""
