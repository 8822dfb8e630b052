"""The register over very many complaints."""

from bench.register.run import run

__all__ = ["run"]
