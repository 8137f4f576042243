"""Kinds and states of documents in Slovenian and English."""

from __future__ import annotations

from collections.abc import Mapping

from razpis.procedure.acts import ActState, Kind
from razpis.procedure.problems import Words

KINDS: Mapping[Kind, Words] = {
    Kind.START: Words("sklep o začetku postopka", "order to begin the procedure"),
    Kind.APPOINTMENT: Words("sklep o imenovanju komisije", "order appointing the commission"),
    Kind.EXCLUSION: Words("sklep o izločitvi", "order on recusal"),
    Kind.CALL: Words("javni razpis", "public call"),
    Kind.AMENDMENT: Words("sprememba javnega razpisa", "amendment of the call"),
    Kind.CANCELLATION: Words("sklep o razveljavitvi razpisa", "order cancelling the call"),
    Kind.RECEIPT: Words("potrdilo o prejemu vloge", "receipt of an application"),
    Kind.MINUTES: Words("zapisnik komisije", "minutes of the commission"),
    Kind.SUPPLEMENT_REQUEST: Words("poziv k dopolnitvi vloge", "request to supplement an application"),
    Kind.SCORE_SHEET: Words("ocenjevalni list", "score sheet"),
    Kind.REPORT: Words("poročilo in predlog komisije", "report and proposal of the commission"),
    Kind.DECISION: Words("odločitev o vlogi", "decision on an application"),
    Kind.DISMISSAL: Words("sklep o zavrženju vloge", "order dismissing an application"),
    Kind.DISCONTINUANCE: Words("sklep o ustavitvi postopka", "order discontinuing the procedure"),
    Kind.CORRECTION: Words("sklep o popravi pomote", "order correcting an obvious error"),
    Kind.RESULT_LIST: Words("obvestilo o rezultatih razpisa", "notice of the results of the call"),
}

STATES: Mapping[ActState, Words] = {
    ActState.DRAFTED: Words("osnutek", "drafted"),
    ActState.APPROVED: Words("potrjen", "approved"),
    ActState.RENDERED: Words("pripravljen", "rendered"),
    ActState.ISSUED: Words("izdan", "issued"),
    ActState.REPLACED: Words("nadomeščen z drugim", "replaced by another"),
    ActState.ANNULLED: Words("odpravljen ali razveljavljen", "annulled"),
    ActState.DROPPED: Words("opuščen", "dropped"),
}
