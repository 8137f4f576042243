"""The steps of a call, from its draft to the archive."""

from __future__ import annotations

from razpis.procedure import words
from razpis.procedure.roles import Role
from razpis.procedure.states import CallEvent, CallState, Guard
from razpis.procedure.tables import Step, Table

_S, _E, _G = CallState, CallEvent, Guard
_OFFICER = frozenset({Role.OFFICER})
_SIGNATORY = frozenset({Role.SIGNATORY})
_PRESIDENT = frozenset({Role.PRESIDENT})  # takes the steps of the commission as a body
_REGISTRY = frozenset({Role.REGISTRY})
_SYSTEM = frozenset({Role.SYSTEM})

_READY = (
    _G.LEGAL_BASIS_NAMED,
    _G.BUDGET_NAMED,
    _G.RULEBOOK_COMPLETE,
    _G.PARAMETERS_CITED,
    _G.FORMS_COMPLETE,
    _G.CONTRACT_MODEL_PRESENT,
)
_AMENDED = (_G.BEFORE_DEADLINE, _G.AMENDMENT_SIGNED, _G.VERSION_FROZEN, _G.FILERS_NOTIFIED)
_BEFORE_DECISIONS_END = tuple(list(_S)[: list(_S).index(_S.DECIDING) + 1])

CALL: Table[CallState, CallEvent] = Table(
    name=words.CALL,
    state_words=words.CALL_STATES,
    event_words=words.CALL_EVENTS,
    steps=(
        Step(None, _E.CREATE, _OFFICER, _S.DRAFT),
        Step(_S.DRAFT, _E.SEND_TO_REVIEW, _OFFICER, _S.IN_REVIEW, _READY, "predlog razpisa"),
        Step(_S.IN_REVIEW, _E.APPROVE, _SIGNATORY, _S.CONFIRMED, (), "sklep o začetku postopka"),
        Step(_S.IN_REVIEW, _E.RETURN_TO_DRAFT, _SIGNATORY, _S.DRAFT, (_G.REASON_GIVEN,)),
        Step(
            _S.CONFIRMED,
            _E.PUBLISH,
            _OFFICER,
            _S.PUBLISHED,
            (_G.PARAMETERS_CITED, _G.DEADLINE_LAWFUL, _G.VERSION_FROZEN),
            "javni razpis",
        ),
        Step(_S.PUBLISHED, _E.AMEND, _OFFICER, _S.PUBLISHED, _AMENDED, "sprememba razpisa"),
        Step(_S.CONFIRMED, _E.SUSPEND, _SIGNATORY, _S.SUSPENDED, (_G.REASON_GIVEN,), "obvestilo o zadržanju"),
        Step(_S.PUBLISHED, _E.SUSPEND, _SIGNATORY, _S.SUSPENDED, (_G.REASON_GIVEN,), "obvestilo o zadržanju"),
        Step(
            _S.SUSPENDED,
            _E.RESUME,
            _SIGNATORY,
            _S.PUBLISHED,
            (_G.WAS_PUBLISHED, _G.DEADLINE_LAWFUL, _G.FILERS_NOTIFIED),
            "obvestilo o nadaljevanju",
        ),
        Step(_S.SUSPENDED, _E.RESUME_UNPUBLISHED, _SIGNATORY, _S.CONFIRMED, (_G.NEVER_PUBLISHED,)),
        Step(_S.PUBLISHED, _E.CLOSE, _SYSTEM, _S.CLOSED, (_G.DEADLINE_PASSED,)),
        Step(_S.CLOSED, _E.START_OPENING, _PRESIDENT, _S.OPENING, (_G.QUORUM_PRESENT, _G.CONFLICTS_DECLARED), "vabilo"),
        Step(
            _S.OPENING,
            _E.FINISH_OPENING,
            _PRESIDENT,
            _S.CHECKING,
            (_G.ALL_OPENED, _G.MINUTES_SIGNED),
            "zapisnik o odpiranju",
        ),
        Step(_S.CHECKING, _E.START_SCORING, _PRESIDENT, _S.SCORING, (_G.ALL_CHECKED,)),
        Step(
            _S.SCORING,
            _E.LOCK_MARKS,
            _PRESIDENT,
            _S.AGREEING,
            (_G.ALL_MARKED, _G.QUORUM_PRESENT, _G.NO_OPEN_CONFLICT),
            "ocenjevalni listi",
        ),
        Step(_S.AGREEING, _E.REOPEN_SCORING, _PRESIDENT, _S.SCORING, (_G.REASON_GIVEN,)),
        Step(
            _S.AGREEING,
            _E.PROPOSE,
            _PRESIDENT,
            _S.PROPOSED,
            (_G.TOTALS_LOCKED, _G.TIES_RESOLVED, _G.WITHIN_BUDGET),
            "poročilo in predlog",
        ),
        Step(_S.PROPOSED, _E.ACCEPT_PROPOSAL, _SIGNATORY, _S.DECIDING),
        Step(_S.PROPOSED, _E.RETURN_PROPOSAL, _SIGNATORY, _S.AGREEING, (_G.REASON_GIVEN,)),
        # an accepted proposal may still go back: money is divided anew only by the commission
        Step(_S.DECIDING, _E.RETURN_PROPOSAL, _SIGNATORY, _S.AGREEING, (_G.REASON_GIVEN, _G.NOTHING_RELEASED)),
        Step(
            _S.DECIDING, _E.FINISH_DECIDING, _OFFICER, _S.REMEDIES, (_G.ALL_DECIDED, _G.SERVICE_RECORDED), "odločitve"
        ),
        Step(
            _S.REMEDIES,
            _E.FINISH_REMEDIES,
            _OFFICER,
            _S.CONTRACTS,
            (_G.REMEDIES_EXHAUSTED,),
            "potrdila o dokončnosti",
        ),
        Step(_S.CONTRACTS, _E.FINISH_CONTRACTS, _OFFICER, _S.RUNNING, (_G.CONTRACTS_SETTLED,), "pogodbe"),
        Step(_S.RUNNING, _E.COMPLETE, _OFFICER, _S.COMPLETED, (_G.REPORTS_SETTLED,), "zaključno poročilo"),
        Step(_S.COMPLETED, _E.ARCHIVE, _REGISTRY, _S.ARCHIVED, (_G.PACKAGE_EXPORTED,), "arhivski paket"),
        *(
            Step(state, _E.CANCEL, _SIGNATORY, _S.CANCELLED, (_G.REASON_GIVEN,), "sklep o razveljavitvi")
            for state in _BEFORE_DECISIONS_END
        ),
    ),
    settled=frozenset({_S.COMPLETED, _S.ARCHIVED, _S.CANCELLED}),
    terminal=frozenset({_S.ARCHIVED, _S.CANCELLED}),
)
