"""A draft of the programme tried out on what really happened; nothing is written."""
