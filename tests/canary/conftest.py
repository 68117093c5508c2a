from tests.matrix.fixtures import everything, here, world

__all__ = ["everything", "here", "world"]
