"""What is wrong or unsafe in an installation, said in plain sentences, each with what to do about it.

Facts are gathered apart (gather_*.py); what they mean is said by pure functions, split by subject. `start` asks the
same functions before it serves anybody.
"""
