"""The services of the centre and their rules, as dated data that the head of the centre can read.

In Swedish: utbudet. Must never know a person: a persona comes in, a verdict goes out, nothing is kept.
"""
