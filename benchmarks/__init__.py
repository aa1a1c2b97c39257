"""Measures: how fast Broadsheet builds beside its peers, and whole newsletters from elsewhere."""
