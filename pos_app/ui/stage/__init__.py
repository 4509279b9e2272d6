"""The one top-level window, and what stands on it: waiting, first start, sign-in, the counter."""
