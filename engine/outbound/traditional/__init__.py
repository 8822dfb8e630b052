"""The third language: Chinese in traditional characters, derived from what was written in simplified ones."""

from engine.outbound.traditional.converting import ZH_HANT, traditional, written

__all__ = ["ZH_HANT", "traditional", "written"]
