"""Windows with two calls open can be told apart: the title of a page says of which call it is."""

from __future__ import annotations

import re

import pytest

from razpis.models.base import db
from razpis.models.calls import Call
from tests.web.test_access import VISITORS, WHO, arguments
from tests.world import Visitors, World

pytestmark = pytest.mark.slow

NAMED_OTHERWISE = {
    "public.call",  # by the title of the call
    "published.last",
    "published.version",
    "exclusions.listed",  # nobody declared a conflict in this world, and then it names no call
}


def test_a_page_of_a_call_names_it_in_its_title(world: World, visitors: Visitors) -> None:
    app, named_so, nameless = visitors.app, 0, []
    for rule in app.url_map.iter_rules():
        who = WHO[rule.endpoint][0] if isinstance(WHO[rule.endpoint], tuple) else WHO[rule.endpoint]
        if "call" not in rule.arguments or "GET" not in (rule.methods or ()) or not who:
            continue
        if rule.endpoint in NAMED_OTHERWISE:
            continue
        named = arguments(rule, world)
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **named)
        with app.app_context():
            reference = db.session.get_one(Call, named["call"]).reference
        response = visitors(VISITORS[next(one for one in VISITORS if one in who)]).get(address)
        title = re.search("<title>(.*)</title>", response.text) if response.mimetype == "text/html" else None
        response.close()
        if title is not None and response.status_code == 200:
            named_so += reference in title[1]
            nameless += [(rule.endpoint, title[1])] if reference not in title[1] else []
    assert nameless == []
    assert named_so > 40
