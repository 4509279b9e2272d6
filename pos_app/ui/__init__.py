"""Everything an operator sees and touches; the only home of Qt besides `app`."""
