"""The certificate in a few lines of text: how many checks hold, and each that does not with its counterexample."""

from __future__ import annotations

from razpis.engine.certificate import Certificate
from razpis.engine.problems import Language
from razpis.engine.wording import Speaker


def certificate_lines(certificate: Certificate, language: Language) -> list[str]:
    """``Potrdilo: 8 preverb, vse držijo.``, or the checks that fail."""
    speaker = Speaker(language)
    count, failing = len(certificate.checks), certificate.failing
    if not failing:
        words = speaker.counted(
            count,
            ("preverba, drži", "preverbi, obe držita", "preverbe, vse držijo", "preverb, vse držijo", ""),
            ("check, it holds", "checks, all hold"),
        )
        return [speaker.say("Potrdilo: ", "Certificate: ") + f"{count} {words}."]
    fail = speaker.counted(
        len(failing), ("ne drži", "ne držita", "ne držijo", "ne drži", ""), ("check fails", "checks fail")
    )
    head = speaker.say(
        f"Potrdilo: {fail} {len(failing)} od {count} preverb:", f"Certificate: {len(failing)} {fail} of {count}:"
    )
    lines = [head]
    for check in failing:
        lines.append(f"  ✗ {speaker.text(check.text)}")
        lines.append(f"    {speaker.text(check.counterexample)}")
    return lines
