"""Looking for a newer version: what would be asked of whom, and what was answered."""
