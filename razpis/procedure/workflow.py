"""The steps of a call and of an application as tables, and how a step is taken by them."""

from __future__ import annotations

from razpis.procedure.application_steps import APPLICATION
from razpis.procedure.call_steps import CALL
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallEvent, CallState, Guard
from razpis.procedure.tables import Step, StepRefused, Table, allowed, find, step

__all__ = [
    "APPLICATION",
    "CALL",
    "ApplicationEvent",
    "ApplicationState",
    "CallEvent",
    "CallState",
    "Guard",
    "Step",
    "StepRefused",
    "Table",
    "allowed",
    "find",
    "step",
]
