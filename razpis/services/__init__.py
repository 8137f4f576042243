"""Services: what people do with a call, each from start to end, without HTTP."""
