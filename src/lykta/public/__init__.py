"""Everything anyone may read: pages, services, the way out, published to memory and to files.

In Swedish: den öppna sidan. Must never know who is reading, nor anything a person has told us.
"""
