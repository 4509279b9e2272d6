"""Side-by-side measurements: ours and a bare reference, taken in turns in the same run."""
