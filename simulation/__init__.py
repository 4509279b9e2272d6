"""Stores, terminals and HQ in one process, under a seeded schedule of faults."""
