"""Applications: started, answered, filed and received, by the web or on paper."""
