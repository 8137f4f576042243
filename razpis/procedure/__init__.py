"""The law of the procedure, pure: identifiers, periods, parameters, deadlines, workflow tables and roles."""
