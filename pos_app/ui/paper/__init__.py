"""From a committed receipt to ink: what a slip says, and sending it to the printer."""
