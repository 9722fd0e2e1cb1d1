"""Style transfer: paintings (optimised), instant looks (feed-forward) and trained brushes."""
