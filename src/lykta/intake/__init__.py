"""From contact to file: by the person's wish a dialogue or a logged call becomes a file or joins one, and back again.

In Swedish: intaget. Must never know more of somebody than a counsellor has typed: nothing is copied by itself, and
what was said without a name is never found by one.
"""
