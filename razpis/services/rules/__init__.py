"""Rules and files: a rulebook checked, a folder of applications evaluated, two results compared."""
