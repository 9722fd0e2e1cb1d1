"""What the person chose for the whole studio, and where the studio keeps its own files."""
