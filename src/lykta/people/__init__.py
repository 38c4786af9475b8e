"""Members of the staff, the centre they belong to, how they sign in and how their keys open.

In Swedish: personalen. Must never know what a member works with, only who she is and that it is she.
"""
