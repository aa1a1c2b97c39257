"""What the generator promises, as tests."""
