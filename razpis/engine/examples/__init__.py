"""The rulebook's own tests: its examples built, evaluated and compared with what they expect."""

from razpis.engine.examples.run import Examined, examine

__all__ = ["Examined", "examine"]
