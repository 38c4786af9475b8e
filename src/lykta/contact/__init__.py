"""The anonymous dialogue: somebody writes without a trace, the contact room reads and answers.

In Swedish: kontaktrummet. Must never know who wrote, from what device, or finer than the day when.
"""
