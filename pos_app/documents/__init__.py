"""Slips, PDF and spreadsheets: values in, bytes out."""
