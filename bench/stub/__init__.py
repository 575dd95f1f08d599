"""AWS in this process: real clients, serialisers and signatures, answered before any socket."""
