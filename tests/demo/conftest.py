from tests.demo.loaded import loaded
from tests.demo.told import told, world

__all__ = ["loaded", "told", "world"]
