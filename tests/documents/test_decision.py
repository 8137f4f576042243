from dataclasses import replace
from datetime import date

import pytest

from razpis.documents.decision import ConditionFinding, DecisionError, LegalRemedy, Outcome, RemedyKind
from razpis.documents.renewal import Renewal
from tests.documents.factories import decision


def problems_of(**changes) -> tuple[str, ...]:
    with pytest.raises(DecisionError) as caught:
        decision(**changes)
    return caught.value.problems


def test_every_outcome_can_be_built_and_knows_what_it_refuses():
    for outcome in Outcome:
        made = decision(outcome)
        assert made.refused == made.requested - made.awarded


def test_number_is_case_and_document():
    assert decision(case_number="4102-7/2027", document_number="3").number == "4102-7/2027-3"


def test_a_criterion_without_a_reason_or_points_is_named():
    whole = decision()
    first, *others = whole.criteria[0].rows
    section = replace(whole.criteria[0], rows=(replace(first, reason=" \n", points=""), *others))
    assert problems_of(criteria=(section, *whole.criteria[1:])) == (
        "merilo »Leta delovanja na področju« nima točk",
        "merilo »Leta delovanja na področju« nima konkretne obrazložitve",
    )


def test_a_scored_outcome_needs_its_scores():
    for outcome in (Outcome.GRANTED, Outcome.PART, Outcome.BELOW_THRESHOLD, Outcome.NO_MONEY):
        assert problems_of(outcome=outcome, criteria=()) == ("manjka ocena po merilih",)
        assert problems_of(outcome=outcome, total=None) == ("manjka ocena po merilih",)


def test_less_than_asked_needs_reasons():
    for outcome in (Outcome.PART, Outcome.NO_MONEY, Outcome.DISMISSED):
        assert problems_of(outcome=outcome, refusal_reasons=()) == (
            "manjkajo razlogi za zavrnitev, zavrženje ali nižji znesek",
        )


def test_amounts_must_agree_with_the_request_and_the_outcome():
    assert problems_of(requested=100, awarded=101) == ("dodeljeni znesek ni med 0 in zaprošenim zneskom",)
    assert problems_of(outcome=Outcome.GRANTED, awarded=0, refusal_reasons=("Ker.",)) == (
        "dodeljeni znesek se ne sklada z izidom »granted«",
    )
    assert problems_of(outcome=Outcome.NO_MONEY, awarded=1) == (
        "dodeljeni znesek se ne sklada z izidom »no_money«",
        "manjkajo proračunska postavka, obdobje in rok za podpis pogodbe",
        "manjka izračun zneska",
    )


def test_conditions_must_agree_with_the_outcome():
    failed = ConditionFinding("Sedež v občini", "člen 5", False, "Sedeža ni.")
    assert problems_of(outcome=Outcome.CONDITION_FAILED, conditions=(replace(failed, met=True),)) == (
        "ni navedenega pogoja, ki ni izpolnjen",
    )
    assert problems_of(conditions=(failed,)) == ("vloga ne izpolnjuje pogoja, pa je bila ocenjena",)
    assert problems_of(outcome=Outcome.CONDITION_FAILED, conditions=(replace(failed, finding=""),)) == (
        "pogoj »Sedež v občini« nima ugotovitve",
    )


def test_a_decision_taken_anew_says_what_it_replaces_and_why():
    empty = Renewal("", date(2027, 1, 1), " ", "", date(2027, 2, 1), (), (" ",))
    assert problems_of(renewal=empty) == (
        "manjka številka odpravljene odločitve",
        "manjka kdo je odločitev odpravil",
        "manjka številka akta, s katerim je bila odpravljena",
        "manjka odgovor na navodila organa, ki je odločitev odpravil",
    )


def test_blank_texts_are_all_named_at_once():
    remedy = LegalRemedy(RemedyKind.APPEAL, 0, "")
    assert problems_of(programme_title=" ", procedure=(), service_list=(), proposal=(" ",), remedy=remedy) == (
        "manjka naziv programa",
        "manjka kje se vloži pravno sredstvo",
        "manjka potek postopka",
        "manjka komu se vroči",
        "na seznamu stavkov je prazen stavek",
        "rok za pravno sredstvo mora biti vsaj en dan",
        "manjka, komu je naslovljena pritožba",
    )
