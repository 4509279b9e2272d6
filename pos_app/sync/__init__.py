"""HTTP lives here: the shapes on the wire, HQ's client, and the cycle that keeps both books one."""
