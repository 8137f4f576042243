"""What each key of a rulebook means, in a line an editor shows while somebody types."""

from __future__ import annotations

from collections.abc import Mapping

from razpis.engine.problems import Text

PARTS: Mapping[str, Text] = {
    "call": Text(
        "razpis: naslov, številka, rok in besedilo sklepov", "the call: title, reference, deadline, decisions"
    ),
    "fields": Text("obrazec: kaj izpolni prijavitelj", "the form: what the applicant fills in"),
    "topics": Text("tematike: kako je obrazec razdeljen na strani", "topics: how the form is divided into pages"),
    "derived": Text("podatki, izračunani iz obrazca", "facts computed from the form"),
    "conditions": Text("pogoji, ki jih mora vloga izpolniti pred ocenjevanjem", "conditions before scoring"),
    "sections": Text("sklopi meril z mejo in utežjo", "sections of criteria with cap and weight"),
    "criteria": Text("merila: kako nastanejo točke", "criteria: how points come about"),
    "total": Text(
        "vse točke: navedeno največ, množitelj, zaokroževanje", "all points: stated maximum, factor, rounding"
    ),
    "commission": Text("komisija: koliko ocen je potrebnih in kdo jih da", "commission: how many marks, by whom"),
    "thresholds": Text("pragovi: koliko točk je treba doseči", "thresholds: how many points are needed"),
    "ranking": Text("vrstni red in izenačenja", "the order and ties"),
    "lots": Text("sklopi razpisa, vsak s svojim denarjem in vrstnim redom", "lots, each with its money and order"),
    "budget": Text("razpisana sredstva: znesek ali drevo vrstic", "the money: an amount, or a tree of lines"),
    "allocation": Text("kako se denar razdeli", "how the money is divided"),
    "examples": Text("zgledi: preizkusi pravil, ki jih požene »razpis check«", "examples: tests run by 'razpis check'"),
}

_RULES: Mapping[str, Text] = {
    "title": Text("naslov, kakor ga vidijo ljudje", "the title people see"),
    "text": Text("besedilo, kakor ga vidijo ljudje", "the text people see"),
    "article": Text("člen, na katerem pravilo stoji", "the article the rule stands on"),
    "section": Text("sklop meril, v katerem šteje", "the section it counts in"),
    "applies": Text("za katere vloge velja (izraz da/ne)", "for which applications it holds (a yes/no expression)"),
    "after": Text("točkuje se šele po doseženem pragu tega dela", "scored only past the threshold on this part"),
    "weight": Text("utež: s čim se točke pomnožijo", "weight: what the points are multiplied by"),
    "ranking_weight": Text("utež samo za vrstni red", "the weight in the ranking alone"),
    "round": Text("zaokroževanje: število decimalk ali {places, mode}", "rounding: decimals, or {places, mode}"),
    "round_combined": Text(
        "zaokroževanje združene ocene pred utežjo", "rounding of the combined mark before its weight"
    ),
    "missing": Text("točke, če podatka ni", "points where the fact is not given"),
    "kind": Text("vrsta merila", "the kind of criterion"),
    "value": Text("kaj se bere (podatek ali izraz)", "what is read (a fact or an expression)"),
    "points": Text("točke", "points"),
    "max": Text("največ", "at most"),
    "min": Text("najmanj", "at least"),
    "otherwise": Text("točke za vse drugo", "points for anything else"),
    "bands": Text("razredi: meje in točke", "bands: ends and points"),
    "from": Text("od vključno", "from, included"),
    "above": Text("nad, brez meje", "above, not included"),
    "to": Text("do vključno", "to, included"),
    "below": Text("pod, brez meje", "below, not included"),
    "items": Text("postavke seznama", "the items of the list"),
    "when": Text("kdaj postavka velja (izraz da/ne)", "when the item holds (a yes/no expression)"),
    "unit": Text("na koliko enot gredo točke", "how many units the points are for"),
    "count": Text("začete, polne ali sorazmerne enote", "started, full or exact units"),
    "among": Text("primerjava v sklopu ali v vsem razpisu", "compared within the lot or the whole call"),
    "step": Text("korak ocene; null: katerakoli", "the step of a mark; null: any"),
    "combine": Text("kako se združijo ocene članov", "how the members' marks are combined"),
    "lowest_is_best": Text("boljša je nižja ocena", "a lower mark is better"),
    "grades": Text("poimenovani razponi ocen", "named ranges of marks"),
    "minimum_marks": Text("najmanj koliko ocen je potrebnih", "how many marks are needed"),
    "common_scale": Text(
        "ocene strogih in milih članov se pred združitvijo prenesejo na skupno lestvico",
        "marks of strict and lenient members are brought to a common scale first",
    ),
    "by": Text("mean: isto povprečje; spread: tudi isti razpon", "the same mean, or the same spread too"),
    "least": Text("najmanj toliko ocen člana, sicer ostanejo dane", "so many marks of a member, or they stay as given"),
    "discrepancy": Text("kaj sledi, če se ocene preveč razhajajo", "what follows where marks differ too much"),
    "discrepancies": Text(
        "kaj sledi, če se seštevki ocen članov preveč razhajajo", "what follows where members' sums differ too much"
    ),
    "bound": Text("more_than: več kot; at_least: že natanko toliko", "more than that, or already exactly that"),
    "unless_below": Text("ne velja, če so vsi pod toliko točkami", "not where all are below this many points"),
    "percent": Text("odstotek (30 je 30 %)", "a percentage (30 is 30%)"),
    "then": Text("še en član ali soglasna ocena", "a further member or an agreed mark"),
    "test": Text("kaj mora veljati (izraz da/ne)", "what must hold (a yes/no expression)"),
    "mendable": Text("pomanjkljivost je mogoče odpraviti na poziv", "it may be mended when called upon"),
    "failing": Text("refused: zavrne se; dismissed: zavrže se", "refused on the merits, or dismissed formally"),
    "of": Text(
        "na čem je prag: total, sklop meril ali merilo", "what the threshold is on: total, section or criterion"
    ),
    "any_of": Text("več pragov, od katerih zadošča nekaj", "several thresholds of which some suffice"),
    "needed": Text("koliko od naštetih je potrebnih", "how many of those listed are needed"),
    "at_least": Text("najmanj toliko točk", "at least so many points"),
    "more_than": Text("več kot toliko točk", "more than so many points"),
    "factor": Text("množitelj vseh točk (izraz)", "a factor on all points (an expression)"),
    "members": Text("imena članov, kakor stojijo v tabeli ocen", "the members' names as in the table of marks"),
    "label": Text("vprašanje ali ime podatka", "the question, or the fact's name"),
    "help": Text("pojasnilo ob vprašanju", "help beside the question"),
    "required": Text("obvezno (privzeto da)", "required (yes, if not stated)"),
    "public": Text("objavi se s seznamom prejemnikov", "published with the list of recipients"),
    "filled_by": Text("izpolni prijavitelj ali občina", "filled in by the applicant or the office"),
    "type": Text("vrsta polja", "the type of field"),
    "max_length": Text("največ znakov", "characters at most"),
    "options": Text("možnosti: seznam ali {oznaka: besedilo}", "options: a list, or {key: text}"),
    "columns": Text("stolpci tabele", "the table's columns"),
    "max_rows": Text("največ vrstic", "rows at most"),
}

_MONEY: Mapping[str, Text] = {
    "keys": Text("ključi po vrsti; naslednji odloča ob enakih prejšnjih", "keys in turn"),
    "still_tied": Text("če so vsi enaki: open (odprto) ali shared (delijo si mesto)", "where all are equal"),
    "criterion": Text("točke merila", "the points of a criterion"),
    "expression": Text("izraz", "an expression"),
    "submitted_at": Text("čas oddaje", "the time of submission"),
    "line": Text("vrstica", "a line"),
    "draw": Text("žreb, zapisan v datoteki žrebov", "a recorded draw"),
    "order": Text("highest: več je bolje; lowest: manj je bolje", "whether the highest or the lowest comes first"),
    "fill": Text("rank: po vrsti; proportional: sorazmerno", "in rank order, or in proportion"),
    "request": Text("polje z zaprošenim zneskom", "the field with the amount requested"),
    "entitlement": Text("upravičeni znesek (izraz); privzeto zaprošeni", "the entitlement; else the request"),
    "limits": Text("omejitve zneska po imenih", "limits by name"),
    "set_asides": Text("denar, namenjen nekaterim, razdeljen najprej", "money kept for some, divided first"),
    "leftovers": Text("kaj je z ostankom sklopov", "what happens to leftovers"),
    "reserve_list": Text("vloge brez denarja ostanejo na rezervnem seznamu", "keep a reserve list"),
    "edge": Text("vloga, za katero denarja ne ostane: part, skip ali stop", "where money runs out: part, skip or stop"),
    "most_winners": Text(
        "največ toliko vlog prejme denar, prve po vrstnem redu", "at most so many get money, the first in the order"
    ),
    "minimum_useful": Text("manjšega zneska ni smiselno dodeliti", "the least useful amount"),
    "money_threshold": Text(
        "prag, ki sledi iz denarja: koliko vlog sodeluje v delitvi",
        "a threshold that follows from the money: how many take part",
    ),
    "at_most": Text("skupaj največ tolikokratnik sredstev", "together at most so many times the money"),
    "nearest": Text("skupaj najbližje tolikokratniku sredstev", "together nearest to so many times the money"),
    "fixed_part": Text(
        "stalni del za vsako vlogo, preden se ostalo deli po uteži",
        "a fixed part for everyone before the rest is shared by weight",
    ),
    "resharing": Text("kar eni ne pripada, se razdeli med druge", "share again what one may not take"),
    "value_of_point": Text("objavljena vrednost točke", "the published value of a point"),
    "minimum_grant": Text("najnižji znesek, pod katerim ni nič", "the least award, below which is nothing"),
    "last_cent": Text("kdo dobi cente, ki ostanejo", "who takes the cents left over"),
    "amount": Text("znesek v evrih", "an amount in euros"),
    "per": Text("za vlogo, za prijavitelja ali za vse skupaj", "per application, applicant or all"),
    "where": Text("za katere vloge velja (izraz da/ne)", "for which applications (a yes/no expression)"),
    "lots": Text("v katerih sklopih", "in which lots"),
    "binds": Text("shortens: skrajša željo; edge: odloči pravilo »edge«", "shortens, or leaves it to the edge rule"),
    "unused": Text("kar ni porabljeno: open (vsem) ali stays (ostane)", "what is not used: open to all, or stays"),
    "drop": Text("lowest: najprej najnižji; all: vsi naenkrat", "the lowest first, or all at once"),
    "leftover_to": Text("sklop, ki dobi ostanek tega", "the lot that gets this one's leftover"),
    "percent_of_rest": Text("odstotek ostanka", "a percentage of what is left"),
    "rest": Text("ves ostanek", "all that is left"),
    "reserve": Text("rezerva, ni za vloge", "kept back, not for applications"),
    "committed": Text("že obljubljeno, odšteje se najprej", "owed already, deducted first"),
    "lines": Text("vrstice proračuna", "the lines of the budget"),
}

_CALL: Mapping[str, Text] = {
    "reference": Text("številka razpisa", "the reference of the call"),
    "year": Text("leto", "the year"),
    "deadline": Text('rok: "LLLL-MM-DD UU:MM" po uri v Mariboru', "the deadline: 'YYYY-MM-DD HH:MM', local time"),
    "example": Text("zgled, ni pravi razpis", "an example, not a real call"),
    "applicant": Text("prijavitelj", "the applicant"),
    "decisions": Text("kaj piše v sklepih", "what decisions say"),
    "names_published": Text(
        "čigava imena se objavijo z rezultati: recipients (prejemnikov) ali all (vseh)",
        "whose names are published with the results: the recipients' or all",
    ),
    "name": Text("ime", "the name"),
    "seat": Text("polje s sedežem", "the field with the seat"),
    "registration_number": Text("polje z matično številko", "the field with the registration number"),
    "representative": Text("polje z zakonitim zastopnikom", "the field with the legal representative"),
    "programme": Text("polje z naslovom programa", "the field with the programme's title"),
    "units": Text("organizacijske enote od zgoraj navzdol", "units from the top down"),
    "address": Text("naslov", "the address"),
    "email": Text("elektronski naslov", "the e-mail address"),
    "place": Text("kraj", "the place"),
    "budget_line": Text("proračunska postavka", "the budget line"),
    "period": Text("obdobje porabe", "the period of use"),
    "contract_days": Text("dni za podpis pogodbe", "days for signing the contract"),
    "days": Text("rok v dneh od vročitve", "days from service"),
    "lodged_with": Text("kje se vloži (mestnik)", "where it is lodged"),
    "addressed_to": Text("na koga (dajalnik)", "to whom"),
    "fee": Text("taksa", "the fee"),
    "source": Text("pravni vir, za pravnika", "the legal source, for the lawyer"),
    "caption": Text("napis nad podpisom", "the caption over the signature"),
    "act": Text("sklep ali odločba", "the kind of act"),
    "case": Text("številka zadeve", "the case number"),
    "first_document": Text("številka prvega akta", "the number of the first act"),
    "date": Text("datum sklepov", "the date of the decisions"),
    "publication": Text("kje in kdaj objavljen", "where and when it was published"),
    "authority": Text("organ, ki odloča", "the body that decides"),
    "legal_basis": Text("pravne podlage (rodilnik)", "the legal basis"),
    "procedure": Text("potek postopka: cele povedi", "the procedure: whole sentences"),
    "proposal": Text("predlog komisije: cele povedi", "the commission's proposal: whole sentences"),
    "grant": Text("kaj spremlja odobrena sredstva", "what goes with an award"),
    "remedy": Text("pravno sredstvo", "the legal remedy"),
    "led_by": Text("kdo je vodil postopek", "who conducted the procedure"),
    "issued_by": Text("kdo je izdal akt", "who issued the act"),
    "serve": Text("komu se vroči", "on whom it is served"),
}

_EXAMPLES: Mapping[str, Text] = {
    "money": Text("denar tega zgleda, po sklopih", "the money of this example, by lot"),
    "as_before": Text("odgovori in ocene kot v prejšnjem zgledu", "answers and marks as in the example before"),
    "defaults": Text(
        "odgovori, ki veljajo, kjer vloga nima svojih", "answers where an application has none of its own"
    ),
    "marks": Text("ocene po merilih: seznam ali po članih", "marks by criterion: a list, or by member"),
    "applications": Text("vloge zgleda", "the applications of the example"),
    "id": Text("oznaka vloge", "the application's id"),
    "lot": Text("sklop", "the lot"),
    "answers": Text("odgovori po poljih", "answers by field"),
    "findings": Text("ugotovitve komisije po poljih", "what the commission found, by field"),
    "expect": Text("pričakovano; le, kar želite preveriti", "what is expected; only what you want checked"),
    "outcome": Text("izid", "the outcome"),
    "award": Text("dodeljeni znesek", "the award"),
    "limited_by": Text("kaj je znesek omejilo", "what limited the award"),
}

_OWN: Mapping[tuple[str, str], Text] = {
    ("Relative", "to"): Text("glede na vsoto, najboljšega ali najnižjega", "beside the sum, the best or the lowest"),
    ("Derived", "unit"): Text("število, znesek ali odstotek", "number, euro or percent"),
    ("Remedy", "kind"): Text("appeal: pritožba; lawsuit: tožba", "an appeal or a lawsuit"),
    ("RankKey", "points"): Text("vse točke", "all points"),
    ("RankKey", "section"): Text("točke sklopa meril", "the points of a section"),
    ("RankKey", "line"): Text("zaporedna številka vloge", "the number of the application in the input"),
    ("Lot", "line"): Text("vrstica proračuna", "the line of the budget"),
    ("Allocation", "weight"): Text(
        "po čem se deli (izraz); privzeto točke", "what shares follow; points if not stated"
    ),
    ("Discrepancy", "points"): Text("razlika v točkah", "the difference in points"),
    ("SumDiscrepancy", "points"): Text("razlika v točkah", "the difference in points"),
    ("SumDiscrepancy", "of"): Text("seštevek česa: total ali sklop meril", "the sum of what: total or a section"),
    ("ExampleApplication", "applicant"): Text("oznaka prijavitelja", "the applicant's id"),
    ("ExampleApplication", "submitted_at"): Text("čas oddaje", "when it was submitted"),
    ("Expected", "place"): Text("mesto", "the place in the order"),
    ("Expected", "criteria"): Text("točke po merilih", "points by criterion"),
    ("Call", "applicant"): Text("katera polja povedo, kdo je prijavitelj", "which fields say who the applicant is"),
    ("Topic", "label"): Text("naslov strani obrazca", "the title of a page of the form"),
    ("Topic", "help"): Text("pojasnilo pod naslovom", "help below the title"),
    ("Topic", "fields"): Text("polja na tej strani, po vrsti", "the fields on this page, in their order"),
    ("MoneyThreshold", "at_least"): Text(
        "skupaj vsaj tolikokratnik sredstev", "together at least so many times the money"
    ),
    ("Lot", "fill"): Text("če se razlikuje od allocation.fill", "where it differs from allocation.fill"),
    ("Lot", "edge"): Text("če se razlikuje od allocation.edge", "where it differs from allocation.edge"),
}


def words(part: str, key: str) -> Text | None:
    """What ``key`` means in ``part``; ``None`` where nobody has said it yet."""
    if part == "RulebookFile":
        return PARTS.get(key)
    for known in (_RULES, _MONEY, _CALL, _EXAMPLES):
        if key in known:
            return _OWN.get((part, key), known[key])
    return _OWN.get((part, key))


def stale(keys: set[tuple[str, str]]) -> set[str]:
    """Keys that have words but stand in no part any more; ``keys``: every part with each of its keys."""
    named = {key for _, key in keys}
    said = {key for known in (PARTS, _RULES, _MONEY, _CALL, _EXAMPLES) for key in known}
    return (said - named) | {f"{part}.{key}" for part, key in _OWN if (part, key) not in keys}
