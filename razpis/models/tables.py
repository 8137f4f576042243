"""Every table, so that whoever imports this module knows them all."""

from razpis.models import (
    accounts,
    applications,
    calls,
    checking,
    documents,
    evaluations,
    files,
    journal,
    marking,
    office_days,
    organisations,
    outbox,
    remedies,
    sittings,
)

ALL = (
    accounts,
    applications,
    calls,
    checking,
    documents,
    evaluations,
    files,
    journal,
    marking,
    office_days,
    organisations,
    outbox,
    remedies,
    sittings,
)
