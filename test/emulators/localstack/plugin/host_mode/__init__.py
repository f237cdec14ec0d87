"""LocalStack without Docker: Lambdas as local processes, and a gateway that listens on loopback only."""
