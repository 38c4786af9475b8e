"""The log: one event for every reading of a person's words, every change and every refusal, chained by hashes.

In Swedish: loggen. Must never know a name or a word of a person; only references, deeds and reason codes.
"""
