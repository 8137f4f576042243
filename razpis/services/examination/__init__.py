"""The examination of applications: opening, formal checks, supplements, established facts."""
