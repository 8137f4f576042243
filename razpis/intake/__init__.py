"""Intake: files in; cases, marks, findings and draws out, or every problem with its line."""

from razpis.intake.applications import read_applications
from razpis.intake.draws import read_draws
from razpis.intake.findings import read_findings
from razpis.intake.marks import read_marks
from razpis.intake.report import Read

__all__ = ["Read", "read_applications", "read_draws", "read_findings", "read_marks"]
