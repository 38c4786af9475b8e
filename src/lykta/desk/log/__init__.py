"""The log's reader: who opened what, why and when; what stands out; the monthly sample; the chains and their anchors.

In Swedish: loggen. Must never know a word of a person who seeks help; the reviewers' notes are sealed to their ring.
"""
