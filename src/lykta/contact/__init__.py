"""The anonymous dialogue and the call log: somebody writes or calls without a trace, the contact room answers.

In Swedish: kontaktrummet. Must never know who wrote or called, from what device, or finer than the day when.
"""
