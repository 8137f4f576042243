"""Documents: plain values in, PDF bytes out; the legal wording stands in templates/documents/."""
