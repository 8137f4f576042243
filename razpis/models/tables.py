"""Every table, so that whoever imports this module knows them all."""

from razpis.models import accounts, applications, calls, files, journal, organisations, outbox

ALL = (accounts, applications, calls, files, journal, organisations, outbox)
