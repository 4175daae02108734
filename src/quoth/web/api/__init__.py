"""The JSON interface: all that the desk does, for programs, under `/api/v1`; described at `/api/v1/openapi.json`."""
