"""The web: read the form, call one service, redirect or render."""
