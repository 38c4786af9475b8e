"""The staff's morning: what waits, for whom, until when. The only room that lays rooms side by side.

In Swedish: mitt bord. Must never know a word of what is said; only that something waits.
"""
