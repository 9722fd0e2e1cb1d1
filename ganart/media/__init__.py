"""Pictures, sheets, loops and charts as files, each with the recipe of how it was made."""
