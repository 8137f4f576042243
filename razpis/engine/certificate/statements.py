"""What each check of a certificate states, in words."""

from __future__ import annotations

from razpis.engine.problems import Text

STATEMENTS = {
    "complete": Text(
        "Razvrščene so natanko vloge, ki izpolnjujejo pogoje in dosegajo prage; denar je dodeljen samo njim.",
        "Exactly the applications that meet the conditions and the thresholds are ranked; only they are granted money.",
    ),
    "places": Text(
        "Mesto vsake vloge je za ena večje od števila boljših; o izenačenih odloča samo to, kar določajo pravila.",
        "Every place is one more than the number of better applications; only what the rules state decides a tie.",
    ),
    "common_scale": Text(
        "Ocene na skupni lestvici so preračunane natanko iz danih ocen, za vsakega člana enako.",
        "Marks on a common scale follow exactly from the marks given, for every member in the same way.",
    ),
    "sums": Text(
        "Vsota dodeljenega nikjer ne presega razpoložljivega: ne v sklopu, ne v razpisu, ne pri skupnih omejitvah; "
        "kar en sklop odda, drugi prejme.",
        "No sum exceeds what there is: not in a lot, not in the call, not under a joint limit; what one lot passes "
        "on, another receives.",
    ),
    "own": Text(
        "Nobena vloga ne dobi več, kot je zaprosila, kot ji pripada in kot dopuščajo njene omejitve.",
        "No application gets more than it asked for, than it is entitled to and than its own limits allow.",
    ),
    "order": Text(
        "Po vrstnem redu je vsaka vloga dobila natanko toliko, kolikor so pravila dopuščala, ko je prišla na vrsto.",
        "In rank order every application got exactly what the rules allowed when its turn came.",
    ),
    "shares": Text(
        "Delitev je sorazmerna: kdor dobi manj, kot bi smel, je v porabljenem delu denarja, v katerem nihče nima "
        "višje vrednosti točke.",
        "The division is proportional: whoever gets less than it might counts in money that is used up and in which "
        "nobody has a higher value of a point.",
    ),
    "flat": Text(
        "Vsaka vloga dobi svoje točke, pomnožene z vrednostjo točke v sklopu, ali manj, če jo drži omejitev; vloge, ki "
        "bi skupno omejitev presegle, imajo v njej vse isto vrednost točke.",
        "Every application gets its points at its lot's value of a point, or less where a limit holds it; those that "
        "would exceed a joint limit all have one value of a point in it.",
    ),
    "rounding": Text(
        "Vsak znesek je zaokrožen natanko tako, kot določajo pravila; ostanek zaokroževanja dobi, komur gre.",
        "Every amount is rounded exactly as the rules state; what rounding leaves goes to whom it belongs.",
    ),
    "least": Text(
        "Kdor kaj dobi, dobi vsaj najnižji znesek; zaradi njega so brez denarja le vloge, ki bi dobile manj.",
        "Whoever gets anything gets at least the least award; only those that would get less go without because of it.",
    ),
    "fixed": Text(
        "Vsaka vloga dobi najprej svoj stalni del ali vse, kar sme dobiti; kjer denarja zanj ni dovolj, dobijo vse "
        "enak delež svojega.",
        "Every application first gets its fixed part, or all it may get; where the money does not suffice for it, all "
        "get the same share of theirs.",
    ),
    "money_threshold": Text(
        "Prag, ki sledi iz denarja, je pri tem denarju in teh zneskih pravi; pod njim ni dobil nihče nič.",
        "The threshold that follows from the money is the right one for this money and these amounts; nobody below it "
        "got anything.",
    ),
    "winners": Text(
        "Denar prejme največ toliko vlog, kolikor jih pravila dopuščajo, in to prve po vrstnem redu.",
        "No more applications get money than the rules allow, and these are the first in the order.",
    ),
    "pairs": Text(
        "Kjer je boljša vloga dobila manj, kot je smela, slabša pa denar, to pojasni pravilo ali omejitev.",
        "Where a better application got less than it might and a worse one got money, a rule or a limit explains it.",
    ),
    "limits": Text(
        "Omejitev, ki je navedena pri znesku, je res dosežena in je od doseženih najožja.",
        "The limit named with an award is really reached, and the innermost of those reached.",
    ),
    "left": Text(
        "Kjer denarja ni dovolj za vse, ostane nerazdeljeno le to, kar pusti zaokroževanje.",
        "Where the money does not suffice for all, only what rounding leaves remains.",
    ),
}
