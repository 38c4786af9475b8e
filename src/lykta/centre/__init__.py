"""The centre as a whole: its first day, its own facts, and the day it opens to the public.

In Swedish: installationen och centrumets uppgifter. Must never know a case, or a word of anybody who seeks help.
"""
