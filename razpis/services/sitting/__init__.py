"""The commission sits: who is in it, who declares and is excluded, who is present, who may read what."""
