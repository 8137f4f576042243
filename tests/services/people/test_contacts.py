"""Addresses of mail: those that people have, and none that a header of mail would read as something else."""

from __future__ import annotations

import string
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from razpis.services.people import contacts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ana.Novak@Zgled.SI ", "ana.novak@zgled.si"),
        ("o'hara+razpis_1@pod.zgled-mesto.si", "o'hara+razpis_1@pod.zgled-mesto.si"),
        ("a@xn--drutvo-wed.si", "a@xn--drutvo-wed.si"),
        ("a" * 64 + "@zgled.si", "a" * 64 + "@zgled.si"),
        ("a" * 65 + "@zgled.si", None),
        ("a@" + "b" * 64 + ".si", None),
        ("a@" + "b." * 130 + "si", None),
        ("ana", None),
        ("ana@zgled", None),
        ("a na@zgled.si", None),
        (".ana@zgled.si", None),
        ("ana.@zgled.si", None),
        ("ana..novak@zgled.si", None),
        ("ana@-zgled.si", None),
        ("ana@zgled..si", None),
        ("ana,bor@zgled.si", None),
        ("vsi:ana@zgled.si", None),
        ("ana<bor@zgled.si>", None),
        ("().a>!@`.si", None),
        ("(ž):@u8[f.si", None),
        ("špela@zgled.si", None),
        ("=?utf-8?q?ana?=@zgled.si", None),
        ("ana@zgled.si\nbcc", None),
    ],
)
def test_an_address_is_kept_in_small_letters_or_refused(typed: str, kept: str | None) -> None:
    assert contacts.address(typed) == kept


@given(st.text(string.ascii_lowercase + string.punctuation + "ž\x01\u202e ", min_size=1, max_size=12))
@example("().a>!@`")
@example("a!b&c=d")
def test_what_is_kept_is_read_in_a_header_as_the_one_address_it_is(start: str) -> None:
    kept = contacts.address(f"{start}@zgled.si") or contacts.address(f"ana@{start}.si") or "ana@zgled.si"
    message = EmailMessage()
    message["To"] = kept
    assert getaddresses([message["To"]]) == [("", kept)]
    assert message.as_bytes().isascii()
