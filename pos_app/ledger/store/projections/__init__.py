"""What the journal means.

Each topic copies its facts into tables, in a commit and in a replay alike.
"""
