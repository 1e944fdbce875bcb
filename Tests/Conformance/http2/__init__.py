"""HTTP/2 cases, the peer that plays them, and the server they are played to."""
