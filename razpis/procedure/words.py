"""States, events, roles and guards in Slovenian and English."""

from __future__ import annotations

from collections.abc import Mapping

from razpis.procedure.problems import Words
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallEvent, CallState, Guard

CALL = Words("javni razpis", "call")
APPLICATION = Words("vloga", "application")

ROLES: Mapping[Role, Words] = {
    Role.APPLICANT: Words("prijavitelj", "applicant"),
    Role.MEMBER: Words("član komisije", "commission member"),
    Role.PRESIDENT: Words("predsednik komisije", "president of the commission"),
    Role.OFFICER: Words("skrbnik razpisa", "officer of the call"),
    Role.REGISTRY: Words("vložišče", "registry"),
    Role.SIGNATORY: Words("podpisnik (predstojnik)", "signatory (head)"),
    Role.SECOND_INSTANCE: Words("organ druge stopnje", "second instance"),
    Role.AUDITOR: Words("nadzornik", "auditor"),
    Role.ADMINISTRATOR: Words("upravitelj sistema", "administrator"),
    Role.SYSTEM: Words("sistem", "system"),
}

CALL_STATES: Mapping[CallState, Words] = {
    CallState.DRAFT: Words("osnutek", "draft"),
    CallState.IN_REVIEW: Words("v potrditvi", "in review"),
    CallState.CONFIRMED: Words("potrjen", "confirmed"),
    CallState.PUBLISHED: Words("objavljen", "published"),
    CallState.SUSPENDED: Words("zadržan", "suspended"),
    CallState.CLOSED: Words("zaprt", "closed"),
    CallState.OPENING: Words("odpiranje vlog", "opening of applications"),
    CallState.CHECKING: Words("preizkus vlog", "checking of applications"),
    CallState.SCORING: Words("ocenjevanje", "scoring"),
    CallState.AGREEING: Words("usklajevanje", "agreeing"),
    CallState.PROPOSED: Words("predlog", "proposed"),
    CallState.DECIDING: Words("odločanje", "deciding"),
    CallState.REMEDIES: Words("pravna sredstva", "legal remedies"),
    CallState.CONTRACTS: Words("pogodbe", "contracts"),
    CallState.RUNNING: Words("izvajanje", "running"),
    CallState.COMPLETED: Words("zaključen", "completed"),
    CallState.ARCHIVED: Words("arhiviran", "archived"),
    CallState.CANCELLED: Words("razveljavljen", "cancelled"),
}

CALL_EVENTS: Mapping[CallEvent, Words] = {
    CallEvent.CREATE: Words("ustvari razpis", "create the call"),
    CallEvent.SEND_TO_REVIEW: Words("pošlji v potrditev", "send to review"),
    CallEvent.APPROVE: Words("potrdi razpis", "approve the call"),
    CallEvent.RETURN_TO_DRAFT: Words("vrni v osnutek", "return to draft"),
    CallEvent.PUBLISH: Words("objavi razpis", "publish the call"),
    CallEvent.AMEND: Words("spremeni ali podaljšaj razpis", "amend or extend the call"),
    CallEvent.SUSPEND: Words("zadrži razpis", "suspend the call"),
    CallEvent.RESUME: Words("nadaljuj objavljeni razpis", "resume the published call"),
    CallEvent.RESUME_UNPUBLISHED: Words("nadaljuj še neobjavljeni razpis", "resume the unpublished call"),
    CallEvent.CLOSE: Words("zapri razpis ob roku", "close the call at its deadline"),
    CallEvent.START_OPENING: Words("začni odpiranje vlog", "start the opening"),
    CallEvent.FINISH_OPENING: Words("končaj odpiranje vlog", "finish the opening"),
    CallEvent.START_SCORING: Words("začni ocenjevanje", "start scoring"),
    CallEvent.LOCK_MARKS: Words("zakleni ocene", "lock the marks"),
    CallEvent.REOPEN_SCORING: Words("znova odpri ocenjevanje", "reopen scoring"),
    CallEvent.PROPOSE: Words("predlagaj prejemnike", "propose the recipients"),
    CallEvent.ACCEPT_PROPOSAL: Words("sprejmi predlog", "accept the proposal"),
    CallEvent.RETURN_PROPOSAL: Words("vrni predlog komisiji", "return the proposal to the commission"),
    CallEvent.FINISH_DECIDING: Words("končaj odločanje", "finish deciding"),
    CallEvent.FINISH_REMEDIES: Words("končaj pravna sredstva", "finish the legal remedies"),
    CallEvent.FINISH_CONTRACTS: Words("končaj sklepanje pogodb", "finish the contracts"),
    CallEvent.COMPLETE: Words("zaključi razpis", "complete the call"),
    CallEvent.ARCHIVE: Words("arhiviraj razpis", "archive the call"),
    CallEvent.CANCEL: Words("razveljavi razpis", "cancel the call"),
}

APPLICATION_STATES: Mapping[ApplicationState, Words] = {
    ApplicationState.DRAFT: Words("osnutek", "draft"),
    ApplicationState.SUBMITTED: Words("oddana", "submitted"),
    ApplicationState.WITHDRAWN: Words("umaknjena", "withdrawn"),
    ApplicationState.EXPIRED: Words("potekla", "expired"),
    ApplicationState.OPENED: Words("odprta", "opened"),
    ApplicationState.LATE: Words("prepozna", "late"),
    ApplicationState.INELIGIBLE: Words("vložila jo je neupravičena oseba", "from a person not entitled"),
    ApplicationState.SUPPLEMENTING: Words("v dopolnitvi", "being supplemented"),
    ApplicationState.INCOMPLETE: Words("nepopolna", "incomplete"),
    ApplicationState.COMPLETE: Words("popolna", "complete"),
    ApplicationState.CONDITION_FAILED: Words("ne izpolnjuje pogoja", "a condition is not met"),
    ApplicationState.IN_SCORING: Words("v ocenjevanju", "being scored"),
    ApplicationState.SCORED: Words("ocenjena", "scored"),
    ApplicationState.PROPOSED_GRANT: Words("predlagana za odobritev", "proposed for a grant"),
    ApplicationState.PROPOSED_BELOW_THRESHOLD: Words(
        "predlagana za zavrnitev: pod pragom", "proposed for refusal: below the threshold"
    ),
    ApplicationState.PROPOSED_WITHOUT_FUNDS: Words(
        "predlagana za zavrnitev: zmanjkalo sredstev", "proposed for refusal: funds used up"
    ),
    ApplicationState.GRANTED: Words("odobrena", "granted"),
    ApplicationState.PARTLY_GRANTED: Words("delno odobrena", "granted in part"),
    ApplicationState.REFUSED_CONDITION: Words("zavrnjena: ne izpolnjuje pogoja", "refused: a condition is not met"),
    ApplicationState.REFUSED_THRESHOLD: Words("zavrnjena: pod pragom", "refused: below the threshold"),
    ApplicationState.REFUSED_FUNDS: Words("zavrnjena: zmanjkalo sredstev", "refused: funds used up"),
    ApplicationState.DISMISSED_LATE: Words("zavržena: prepozna", "dismissed: late"),
    ApplicationState.DISMISSED_INELIGIBLE: Words(
        "zavržena: neupravičena oseba", "dismissed: from a person not entitled"
    ),
    ApplicationState.DISMISSED_INCOMPLETE: Words("zavržena: nepopolna", "dismissed: incomplete"),
    ApplicationState.STOPPING: Words("umik po roku, sklep v pripravi", "withdrawn after the deadline, order pending"),
    ApplicationState.DISCONTINUED: Words("postopek ustavljen", "discontinued"),
    ApplicationState.ANNULLED: Words("odločitev odpravljena", "decision annulled"),
}

APPLICATION_EVENTS: Mapping[ApplicationEvent, Words] = {
    ApplicationEvent.START: Words("začni vlogo", "start an application"),
    ApplicationEvent.SUBMIT: Words("oddaj vlogo", "submit the application"),
    ApplicationEvent.REPLACE: Words("nadomesti oddano vlogo", "replace the submitted application"),
    ApplicationEvent.TAKE_BACK: Words("vrni oddano vlogo v osnutek", "take the application back to draft"),
    ApplicationEvent.WITHDRAW: Words("umakni vlogo", "withdraw the application"),
    ApplicationEvent.ENTER_ON_PAPER: Words("vpiši vlogo na papirju", "enter an application on paper"),
    ApplicationEvent.EXPIRE: Words("opusti neoddani osnutek", "let the draft expire"),
    ApplicationEvent.OPEN: Words("odpri vlogo", "open the application"),
    ApplicationEvent.FIND_LATE: Words("ugotovi, da je vloga prepozna", "find the application late"),
    ApplicationEvent.FIND_INELIGIBLE: Words("ugotovi neupravičeno osebo", "find the applicant not entitled"),
    ApplicationEvent.FIND_COMPLETE: Words("ugotovi popolnost", "find the application complete"),
    ApplicationEvent.ASK_SUPPLEMENT: Words("pozovi k dopolnitvi", "ask for a supplement"),
    ApplicationEvent.FILE_SUPPLEMENT: Words("vloži dopolnitev", "file a supplement"),
    ApplicationEvent.FIND_INCOMPLETE: Words("ugotovi nepopolnost", "find the application incomplete"),
    ApplicationEvent.LAPSE: Words("zabeleži, da dopolnitve ni bilo", "record that no supplement came"),
    ApplicationEvent.DISMISS: Words("zavrzi vlogo", "dismiss the application"),
    ApplicationEvent.RESTORE: Words("vrni v prejšnje stanje", "restore the application"),
    ApplicationEvent.FIND_CONDITION_FAILED: Words("ugotovi neizpolnjen pogoj", "find a condition not met"),
    ApplicationEvent.ADMIT: Words("uvrsti v ocenjevanje", "admit to scoring"),
    ApplicationEvent.LOCK_SCORE: Words("zakleni oceno", "lock the score"),
    ApplicationEvent.REOPEN_SCORE: Words("znova odpri oceno", "reopen the score"),
    ApplicationEvent.PROPOSE_GRANT: Words("predlagaj odobritev", "propose a grant"),
    ApplicationEvent.PROPOSE_BELOW_THRESHOLD: Words(
        "predlagaj zavrnitev pod pragom", "propose refusal below the threshold"
    ),
    ApplicationEvent.PROPOSE_WITHOUT_FUNDS: Words(
        "predlagaj zavrnitev zaradi sredstev", "propose refusal for want of funds"
    ),
    ApplicationEvent.RETURN_PROPOSAL: Words("vrni predlog", "return the proposal"),
    ApplicationEvent.GRANT: Words("odobri vlogo", "grant the application"),
    ApplicationEvent.GRANT_IN_PART: Words("odobri vlogo deloma", "grant the application in part"),
    ApplicationEvent.REFUSE: Words("zavrni vlogo", "refuse the application"),
    ApplicationEvent.RENOUNCE: Words("umakni vlogo po roku", "withdraw the application after the deadline"),
    ApplicationEvent.DISCONTINUE: Words("ustavi postopek", "discontinue the procedure"),
    ApplicationEvent.REMIT: Words(
        "odpravi odločitev in vrni vlogo v odločanje", "annul the decision and remit the application"
    ),
    ApplicationEvent.ANNUL: Words(
        "odpravi odločitev brez vrnitve v odločanje", "annul the decision without remitting the application"
    ),
}

GUARDS: Mapping[Guard, Words] = {
    Guard.LEGAL_BASIS_NAMED: Words("navedena je pravna podlaga", "the legal basis is named"),
    Guard.BUDGET_NAMED: Words("navedena sta proračunska postavka in znesek", "budget line and amount are named"),
    Guard.RULEBOOK_COMPLETE: Words(
        "določeni so merila, prag, način razdelitve in pravilo ob izenačenju",
        "criteria, threshold, allocation and tie-break are set",
    ),
    Guard.PARAMETERS_CITED: Words("vsak rok ima naveden člen", "every period cites its article"),
    Guard.FORMS_COMPLETE: Words("obrazci so pripravljeni", "the forms are ready"),
    Guard.CONTRACT_MODEL_PRESENT: Words("priložen je vzorec pogodbe", "the model contract is attached"),
    Guard.REASON_GIVEN: Words("navedeni so razlogi", "reasons are given"),
    Guard.DEADLINE_LAWFUL: Words(
        "rok je delovni dan in dovolj oddaljen", "the deadline is a working day and far enough"
    ),
    Guard.VERSION_FROZEN: Words("besedilo, merila in obrazci so zaklenjeni", "text, criteria and forms are frozen"),
    Guard.BEFORE_DEADLINE: Words("rok za prijavo še ni potekel", "the deadline has not passed"),
    Guard.AMENDMENT_SIGNED: Words("sprememba je podpisana", "the amendment is signed"),
    Guard.FILERS_NOTIFIED: Words("prijavitelji so obveščeni", "those who have filed are notified"),
    Guard.WAS_PUBLISHED: Words("razpis je bil objavljen", "the call was published"),
    Guard.NEVER_PUBLISHED: Words("razpis še ni bil objavljen", "the call was never published"),
    Guard.DEADLINE_PASSED: Words("rok za prijavo je potekel", "the deadline has passed"),
    Guard.QUORUM_PRESENT: Words("komisija je sklepčna", "the commission has its quorum"),
    Guard.CONFLICTS_DECLARED: Words(
        "vsi navzoči so podali izjave o nasprotju interesov", "all present have declared conflicts"
    ),
    Guard.ALL_OPENED: Words("vse pravočasne vloge so odprte", "all applications in time are opened"),
    Guard.MINUTES_SIGNED: Words("zapisnik je podpisan", "the minutes are signed"),
    Guard.ALL_CHECKED: Words(
        "vsaka vloga je popolna ali končana in vsi roki za dopolnitev so potekli",
        "every application is complete or ended and all supplement periods are over",
    ),
    Guard.ALL_MARKED: Words("vsa merila so ocenjena z utemeljitvijo", "all criteria are marked with reasons"),
    Guard.NO_OPEN_CONFLICT: Words("ni odprtega nasprotja interesov", "no conflict of interest is open"),
    Guard.TOTALS_LOCKED: Words("seštevki so zaklenjeni", "the totals are locked"),
    Guard.TIES_RESOLVED: Words("izenačenja so razrešena", "ties are resolved"),
    Guard.WITHIN_BUDGET: Words("dodeljeno ne presega sredstev", "the awards are within the funds"),
    Guard.ALL_DECIDED: Words("o vseh vlogah je odločeno", "all applications are decided"),
    Guard.SERVICE_RECORDED: Words("vročitve so zabeležene", "service is recorded"),
    Guard.REMEDIES_EXHAUSTED: Words(
        "roki za pravna sredstva so potekli ali so pritožbe rešene", "remedies have expired or appeals are decided"
    ),
    Guard.CONTRACTS_SETTLED: Words("vsak izbrani je podpisal ali odstopil", "each recipient has signed or withdrawn"),
    Guard.REPORTS_SETTLED: Words("vsa poročila in vračila so rešena", "all reports and returns are settled"),
    Guard.PACKAGE_EXPORTED: Words("arhivski paket je izvožen", "the archive package is exported"),
    Guard.CALL_OPEN: Words("razpis je odprt", "the call is open"),
    Guard.SIGNED_BY_AUTHORISED: Words(
        "vlogo je podpisala upravičena oseba", "an authorised person has signed the application"
    ),
    Guard.EARLIER_VERSION_KEPT: Words("prejšnja različica je shranjena", "the earlier version is kept"),
    Guard.ARRIVAL_RECORDED: Words(
        "vpisani so dan oddaje, prejem in način", "posting day, arrival and channel are recorded"
    ),
    Guard.OPENING_SESSION: Words("seja odpiranja teče", "the opening session is under way"),
    Guard.NOT_TIMELY: Words("vloga ni pravočasna", "the application is not in time"),
    Guard.ITEMS_COMPLETE: Words("vse sestavine so v redu", "all items are in order"),
    Guard.DEFICIENCIES_LISTED: Words("pomanjkljivosti so naštete", "the deficiencies are listed"),
    Guard.ROUND_LEFT: Words("poziv k dopolnitvi je še dovoljen", "a request to supplement is still allowed"),
    Guard.SUPPLEMENT_PERIOD_RUNNING: Words("rok za dopolnitev še teče", "the supplement period is running"),
    Guard.SUPPLEMENT_PERIOD_OVER: Words("rok za dopolnitev je potekel", "the supplement period is over"),
    Guard.NOTHING_FILED: Words("dopolnitev ni bila vložena", "no supplement was filed"),
    Guard.RESTITUTION_GRANTED: Words("vrnitev v prejšnje stanje je dovoljena", "restitution is granted"),
    Guard.OBVIOUS_MISTAKE: Words(
        "zamuda je očitna pomota v dovoljenih dneh", "the delay is an obvious mistake within the days allowed"
    ),
    Guard.CONDITIONS_MET: Words("pogoji so izpolnjeni", "the conditions are met"),
    Guard.BELOW_MINIMUM: Words("točke so pod pragom", "the points are below the threshold"),
    Guard.AT_LEAST_MINIMUM: Words("točke dosegajo prag", "the points reach the threshold"),
    Guard.FUNDS_USED_UP: Words("sredstva so porabljena", "the funds are used up"),
    Guard.REASONED_PER_CRITERION: Words(
        "vsako merilo ima utemeljitev za to vlogo", "every criterion has reasons for this application"
    ),
    Guard.OPERATIVE_PART_AGREES: Words("izrek se ujema z izračunom", "the operative part agrees with the result"),
    Guard.NOT_DECIDED: Words("o vlogi še ni odločeno", "the application is not decided"),
    Guard.NOTHING_RELEASED: Words("nobena odločitev še ni izdana", "no decision is issued yet"),
    Guard.REMEDY_UPHELD: Words("pravnemu sredstvu je bilo ugodeno", "the remedy was upheld"),
}
