"""Programmes as HQ handles them: refused in sentences, compared, warned about, tried out."""
