"""People: their accounts, how they sign in, and what each may do at this moment."""
