"""The tests mirror razpis/: one folder a room, one file a module."""
