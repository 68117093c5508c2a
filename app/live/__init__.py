"""Live sync: the socket and the bell."""
