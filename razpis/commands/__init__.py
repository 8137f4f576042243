"""What the `razpis` command can do, by what it works on: files, or the database of this installation."""
