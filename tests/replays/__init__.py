"""Published outcomes reproduced line by line from rulebooks of ours."""
