"""The lesson: its chapters, and the narrator who tells what their trainings show."""
