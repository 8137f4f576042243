"""Records: the journal of the procedure, the log of readings, and the mail that goes out with a command."""
