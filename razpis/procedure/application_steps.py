"""The steps of an application, from its draft to the decision on it."""

from __future__ import annotations

from razpis.procedure import words
from razpis.procedure.roles import COMMISSION, Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, Guard
from razpis.procedure.tables import Step, Table

_A, _V, _G = ApplicationState, ApplicationEvent, Guard
_SIGNATORY = frozenset({Role.SIGNATORY})
_PRESIDENT = frozenset({Role.PRESIDENT})
_COMMISSION = frozenset(COMMISSION)
_APPLICANT = frozenset({Role.APPLICANT})
_APPLICANT_OR_LETTER = frozenset({Role.APPLICANT, Role.REGISTRY})  # the registry enters what came on paper
_STATEMENT = frozenset({Role.APPLICANT, Role.REGISTRY, Role.OFFICER})  # officials write down what the party said
_REGISTRY = frozenset({Role.REGISTRY})
_SYSTEM = frozenset({Role.SYSTEM})
_DECISION = (_G.REASONED_PER_CRITERION, _G.OPERATIVE_PART_AGREES, _G.WITHIN_BUDGET)
_REFUSAL = (_G.REASONED_PER_CRITERION, _G.OPERATIVE_PART_AGREES)
_DISMISSAL = "sklep o zavrženju"
_OUTCOME = "odločitev o vlogi"
_REPORT = "poročilo komisije"
_PROPOSALS = (_A.PROPOSED_GRANT, _A.PROPOSED_BELOW_THRESHOLD, _A.PROPOSED_WITHOUT_FUNDS)
_UPHELD = (_G.REMEDY_UPHELD, _G.REASON_GIVEN)
_REMITTED = {
    _A.GRANTED: _A.PROPOSED_GRANT,
    _A.PARTLY_GRANTED: _A.PROPOSED_GRANT,
    _A.REFUSED_CONDITION: _A.CONDITION_FAILED,
    _A.REFUSED_THRESHOLD: _A.PROPOSED_BELOW_THRESHOLD,
    _A.REFUSED_FUNDS: _A.PROPOSED_WITHOUT_FUNDS,
    _A.DISMISSED_LATE: _A.LATE,
    _A.DISMISSED_INELIGIBLE: _A.INELIGIBLE,
    _A.DISMISSED_INCOMPLETE: _A.INCOMPLETE,
}  # where each was before its decision, which is taken anew on the same evaluation
_UNDECIDED = (
    _A.SUBMITTED,
    _A.OPENED,
    _A.LATE,
    _A.INELIGIBLE,
    _A.SUPPLEMENTING,
    _A.INCOMPLETE,
    _A.COMPLETE,
    _A.CONDITION_FAILED,
    _A.IN_SCORING,
    _A.SCORED,
    *_PROPOSALS,
)

APPLICATION: Table[ApplicationState, ApplicationEvent] = Table(
    name=words.APPLICATION,
    state_words=words.APPLICATION_STATES,
    event_words=words.APPLICATION_EVENTS,
    steps=(
        Step(None, _V.START, _APPLICANT, _A.DRAFT, (_G.CALL_OPEN,)),
        Step(
            None,
            _V.ENTER_ON_PAPER,
            _REGISTRY,
            _A.SUBMITTED,
            (_G.WAS_PUBLISHED, _G.ARRIVAL_RECORDED),
            "prejemna evidenca",
        ),
        Step(
            _A.DRAFT,
            _V.SUBMIT,
            _APPLICANT,
            _A.SUBMITTED,
            (_G.CALL_OPEN, _G.SIGNED_BY_AUTHORISED),
            "potrdilo o prejemu",
        ),
        Step(
            _A.SUBMITTED,
            _V.REPLACE,
            _APPLICANT,
            _A.SUBMITTED,
            (_G.CALL_OPEN, _G.SIGNED_BY_AUTHORISED, _G.EARLIER_VERSION_KEPT),
            "potrdilo o prejemu",
        ),
        Step(_A.SUBMITTED, _V.TAKE_BACK, _APPLICANT, _A.DRAFT, (_G.CALL_OPEN, _G.EARLIER_VERSION_KEPT), "potrdilo"),
        Step(_A.SUBMITTED, _V.WITHDRAW, _APPLICANT_OR_LETTER, _A.WITHDRAWN, (_G.CALL_OPEN,), "potrdilo o umiku"),
        Step(_A.DRAFT, _V.EXPIRE, _SYSTEM, _A.EXPIRED, (_G.DEADLINE_PASSED,)),
        Step(_A.SUBMITTED, _V.OPEN, _COMMISSION, _A.OPENED, (_G.OPENING_SESSION,), "zapisnik o odpiranju"),
        Step(_A.SUBMITTED, _V.FIND_LATE, _COMMISSION, _A.LATE, (_G.OPENING_SESSION, _G.NOT_TIMELY)),
        Step(_A.OPENED, _V.FIND_LATE, _COMMISSION, _A.LATE, (_G.NOT_TIMELY,)),
        Step(_A.OPENED, _V.FIND_INELIGIBLE, _COMMISSION, _A.INELIGIBLE, (_G.REASON_GIVEN,)),
        Step(_A.OPENED, _V.FIND_COMPLETE, _COMMISSION, _A.COMPLETE, (_G.ITEMS_COMPLETE,), "kontrolni list"),
        Step(
            _A.OPENED,
            _V.ASK_SUPPLEMENT,
            _COMMISSION,
            _A.SUPPLEMENTING,
            (_G.DEFICIENCIES_LISTED, _G.ROUND_LEFT),
            "poziv k dopolnitvi",
        ),
        Step(
            _A.SUPPLEMENTING,
            _V.ASK_SUPPLEMENT,
            _COMMISSION,
            _A.SUPPLEMENTING,
            (_G.DEFICIENCIES_LISTED, _G.ROUND_LEFT),
            "poziv k dopolnitvi",
        ),
        Step(
            _A.SUPPLEMENTING,
            _V.FILE_SUPPLEMENT,
            _APPLICANT_OR_LETTER,
            _A.SUPPLEMENTING,
            (_G.SUPPLEMENT_PERIOD_RUNNING,),
            "potrdilo o prejemu",
        ),
        Step(_A.SUPPLEMENTING, _V.FIND_COMPLETE, _COMMISSION, _A.COMPLETE, (_G.ITEMS_COMPLETE,), "kontrolni list"),
        Step(
            _A.SUPPLEMENTING,
            _V.FIND_INCOMPLETE,
            _COMMISSION,
            _A.INCOMPLETE,
            (_G.SUPPLEMENT_PERIOD_OVER, _G.REASON_GIVEN),
        ),
        Step(_A.SUPPLEMENTING, _V.LAPSE, _SYSTEM, _A.INCOMPLETE, (_G.SUPPLEMENT_PERIOD_OVER, _G.NOTHING_FILED)),
        # registered post may arrive after the period, posted while it ran
        Step(
            _A.INCOMPLETE,
            _V.FILE_SUPPLEMENT,
            _REGISTRY,
            _A.SUPPLEMENTING,
            (_G.SUPPLEMENT_PERIOD_RUNNING,),
            "potrdilo o prejemu",
        ),
        Step(_A.LATE, _V.DISMISS, _SIGNATORY, _A.DISMISSED_LATE, (), _DISMISSAL),
        Step(_A.INELIGIBLE, _V.DISMISS, _SIGNATORY, _A.DISMISSED_INELIGIBLE, (), _DISMISSAL),
        Step(_A.INCOMPLETE, _V.DISMISS, _SIGNATORY, _A.DISMISSED_INCOMPLETE, (), _DISMISSAL),
        Step(_A.DISMISSED_LATE, _V.RESTORE, _SIGNATORY, _A.OPENED, (_G.OBVIOUS_MISTAKE,), "sklep o pravočasnosti"),
        Step(
            _A.DISMISSED_INCOMPLETE,
            _V.RESTORE,
            _SIGNATORY,
            _A.SUPPLEMENTING,
            (_G.RESTITUTION_GRANTED,),
            "sklep o vrnitvi v prejšnje stanje",
        ),
        Step(_A.COMPLETE, _V.FIND_CONDITION_FAILED, _COMMISSION, _A.CONDITION_FAILED, (_G.REASON_GIVEN,)),
        Step(_A.COMPLETE, _V.ADMIT, _COMMISSION, _A.IN_SCORING, (_G.CONDITIONS_MET,)),
        Step(
            _A.IN_SCORING,
            _V.LOCK_SCORE,
            _COMMISSION,
            _A.SCORED,
            (_G.ALL_MARKED, _G.REASONED_PER_CRITERION, _G.NO_OPEN_CONFLICT),
            "ocenjevalni list",
        ),
        Step(_A.SCORED, _V.REOPEN_SCORE, _PRESIDENT, _A.IN_SCORING, (_G.REASON_GIVEN,)),
        Step(
            _A.SCORED, _V.PROPOSE_BELOW_THRESHOLD, _PRESIDENT, _A.PROPOSED_BELOW_THRESHOLD, (_G.BELOW_MINIMUM,), _REPORT
        ),
        Step(
            _A.SCORED, _V.PROPOSE_GRANT, _PRESIDENT, _A.PROPOSED_GRANT, (_G.AT_LEAST_MINIMUM, _G.WITHIN_BUDGET), _REPORT
        ),
        Step(
            _A.SCORED,
            _V.PROPOSE_WITHOUT_FUNDS,
            _PRESIDENT,
            _A.PROPOSED_WITHOUT_FUNDS,
            (_G.AT_LEAST_MINIMUM, _G.FUNDS_USED_UP),
            _REPORT,
        ),
        *(Step(state, _V.RETURN_PROPOSAL, _SIGNATORY, _A.SCORED, (_G.REASON_GIVEN,)) for state in _PROPOSALS),
        Step(_A.PROPOSED_GRANT, _V.GRANT, _SIGNATORY, _A.GRANTED, _DECISION, _OUTCOME),
        Step(_A.PROPOSED_GRANT, _V.GRANT_IN_PART, _SIGNATORY, _A.PARTLY_GRANTED, _DECISION, _OUTCOME),
        Step(_A.PROPOSED_BELOW_THRESHOLD, _V.REFUSE, _SIGNATORY, _A.REFUSED_THRESHOLD, _REFUSAL, _OUTCOME),
        Step(_A.PROPOSED_WITHOUT_FUNDS, _V.REFUSE, _SIGNATORY, _A.REFUSED_FUNDS, _REFUSAL, _OUTCOME),
        Step(_A.CONDITION_FAILED, _V.REFUSE, _SIGNATORY, _A.REFUSED_CONDITION, (_G.OPERATIVE_PART_AGREES,), _OUTCOME),
        *(
            Step(state, _V.RENOUNCE, _STATEMENT, _A.STOPPING, (_G.DEADLINE_PASSED, _G.NOT_DECIDED))
            for state in _UNDECIDED
        ),
        Step(_A.STOPPING, _V.DISCONTINUE, _SIGNATORY, _A.DISCONTINUED, (), "sklep o ustavitvi"),
        *(Step(state, _V.REMIT, _SIGNATORY, before, _UPHELD) for state, before in _REMITTED.items()),
        *(Step(state, _V.ANNUL, _SIGNATORY, _A.ANNULLED, _UPHELD) for state in (*_REMITTED, _A.DISCONTINUED)),
        # remitted, and found to need another evaluation than the one there is
        *(Step(before, _V.ANNUL, _SIGNATORY, _A.ANNULLED, _UPHELD) for before in dict.fromkeys(_REMITTED.values())),
    ),
    settled=frozenset({_A.WITHDRAWN, _A.EXPIRED, *_REMITTED, _A.DISCONTINUED, _A.ANNULLED}),
    terminal=frozenset({_A.WITHDRAWN, _A.EXPIRED, _A.ANNULLED}),
)
