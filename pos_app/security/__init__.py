"""Secrets, their proofs and their keeping; knows no database and no screen."""
