"""The certificate: a separate reader that checks a whole result against the rulebook, sharing no code with what
ranked the applications and divided the money."""

from razpis.engine.certificate.certify import certify
from razpis.engine.certificate.claims import (
    AwardClaim,
    Certificate,
    Check,
    Claims,
    LotClaim,
    PlaceClaim,
    TieClaim,
)

__all__ = ["AwardClaim", "Certificate", "Check", "Claims", "LotClaim", "PlaceClaim", "TieClaim", "certify"]
