from tests.matrix.fixtures import here, world

__all__ = ["here", "world"]
