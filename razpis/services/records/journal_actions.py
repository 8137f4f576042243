"""Every action the journal records and every purpose of reading, each in a sentence; subjects by their names."""

from __future__ import annotations

from collections.abc import Mapping

from razpis.engine.problems import Text

ACTIONS: Mapping[str, Text] = {
    "account.open": Text("Odprt je bil račun.", "An account was opened."),
    "account.confirm": Text("E-naslov računa je bil potrjen.", "The address of the account was confirmed."),
    "account.password": Text("Nastavljeno je bilo novo geslo.", "A new password was set."),
    "account.invite": Text("Oseba je bila povabljena in ima račun.", "A person was invited and has an account."),
    "account.roles": Text("Uradne vloge osebe so bile spremenjene.", "A person's official roles were changed."),
    "account.disable": Text("Račun je bil zaprt.", "The account was closed."),
    "login.begin": Text("Oseba se je prijavila.", "The person signed in."),
    "login.end": Text("Oseba se je odjavila iz ene od svojih prijav.", "The person ended one of their sessions."),
    "organisation.add": Text("Organizacija je bila dodana.", "The organisation was added."),
    "organisation.change": Text(
        "Podatki organizacije so bili spremenjeni.", "The organisation's details were changed."
    ),
    "status.add": Text("Organizaciji je bil vpisan status.", "A status of the organisation was written down."),
    "status.end": Text("Status organizacije je bil končan.", "A status of the organisation was ended."),
    "representative.add": Text("Organizaciji je bil vpisan zastopnik.", "A representative was written down."),
    "representative.end": Text("Zastopniku je bil vpisan konec funkcije.", "The end of a representative's function."),
    "mandate.offer": Text("Osebi je bilo ponujeno pooblastilo.", "A mandate was offered to a person."),
    "mandate.accept": Text("Ponujeno pooblastilo je bilo sprejeto.", "An offered mandate was accepted."),
    "mandate.decline": Text("Ponujeno pooblastilo je bilo zavrnjeno.", "An offered mandate was declined."),
    "mandate.withdraw": Text("Ponudba pooblastila je bila umaknjena.", "The offer of a mandate was taken back."),
    "mandate.claim": Text("Vloženo je bilo pooblastilo z dokazilom.", "A mandate was filed with evidence."),
    "mandate.confirm": Text("Vloženo pooblastilo je bilo potrjeno.", "A mandate that was filed was confirmed."),
    "mandate.refuse": Text("Vloženo pooblastilo ni bilo potrjeno.", "A mandate that was filed was not confirmed."),
    "mandate.revoke": Text("Pooblastilo je bilo preklicano.", "A mandate was revoked."),
    "register.import": Text("Uvoženi so bili podatki poslovnega registra.", "The business register was imported."),
    "functionary.add": Text("Dodan je bil funkcionar.", "A functionary was added."),
    "functionary.import": Text("Uvožen je bil seznam funkcionarjev.", "The list of functionaries was imported."),
    "functionary.remove": Text("Funkcionar je bil odstranjen s seznama.", "A functionary was removed from the list."),
    "application.start": Text("Začet je bil osnutek vloge.", "A draft of an application was begun."),
    "application.save": Text("Shranjeni so bili odgovori v vlogi.", "Answers in the application were saved."),
    "application.attach": Text("Vlogi je bila dodana priloga.", "A file was attached to the application."),
    "application.detach": Text("Iz vloge je bila odstranjena priloga.", "A file was taken from the application."),
    "application.submit": Text("Vloga je bila oddana.", "The application was submitted."),
    "application.replace": Text("Oddana vloga je bila nadomeščena z novo.", "The submitted application was replaced."),
    "application.take_back": Text(
        "Oddana vloga je bila vrnjena v osnutek.", "The application was taken back to draft."
    ),
    "application.withdraw": Text("Vloga je bila umaknjena.", "The application was withdrawn."),
    "application.expire": Text("Neoddani osnutek vloge je potekel.", "The draft not submitted expired."),
    "application.open": Text("Vloga je bila odprta.", "The application was opened."),
    "envelope.enter": Text("Vpisana je bila vloga na papirju.", "An application on paper was entered."),
    "transcript.identify": Text(
        "Vlogi na papirju je bil določen prijavitelj.", "It was said whose an application on paper is."
    ),
    "transcript.save": Text("Prepisana je bila vsebina vloge na papirju.", "Content of a paper was typed in."),
    "transcript.attach": Text("Vlogi na papirju je bil dodan sken.", "A scan was added to an application on paper."),
    "transcript.detach": Text("Vlogi na papirju je bil odstranjen sken.", "A scan was taken from a paper's file."),
    "transcript.take_up": Text(
        "Prepis vloge na papirju je bil prevzet v spis.", "What was typed from a paper was put into the file."
    ),
    "call.create": Text("Ustvarjen je bil osnutek razpisa.", "A draft of the call was made."),
    "call.terms": Text("Spremenjeni so bili podatki razpisa.", "The details of the call were changed."),
    "call.rules": Text("Spremenjena so bila pravila razpisa.", "The rules of the call were changed."),
    "call.parameters": Text("Spremenjeni so bili roki in drugi parametri.", "Periods and parameters were changed."),
    "call.carried": Text("Potrjena so bila besedila prejšnjega razpisa.", "Texts of the earlier call were confirmed."),
    "call.contract": Text("Priložen je bil vzorec pogodbe.", "The model contract was attached."),
    "call.send_to_review": Text("Razpis je bil poslan podpisniku v potrditev.", "The call was sent to the signatory."),
    "call.approve": Text("Razpis je bil potrjen.", "The call was approved."),
    "call.return_to_draft": Text("Razpis je bil vrnjen v osnutek.", "The call was returned to draft."),
    "call.suspend": Text("Razpis je bil zadržan.", "The call was suspended."),
    "call.resume": Text("Objavljeni razpis se nadaljuje.", "The published call was taken up again."),
    "call.resume_unpublished": Text("Še neobjavljeni razpis se nadaljuje.", "The call was taken up again."),
    "call.cancel": Text("Razpis je bil razveljavljen.", "The call was cancelled."),
    "call.publish": Text("Razpis je bil objavljen.", "The call was published."),
    "call.amend": Text("Razpis je bil spremenjen ali podaljšan.", "The call was amended or extended."),
    "call.close": Text("Razpis se je zaprl ob roku.", "The call closed at its deadline."),
    "call.appoint": Text("V komisijo je bila imenovana oseba.", "A person was appointed to the commission."),
    "call.release": Text("Oseba je bila razrešena iz komisije.", "A person was released from the commission."),
    "call.quorum": Text("Spremenjena je bila sklepčnost komisije.", "The quorum of the commission was changed."),
    "question.ask": Text("Postavljeno je bilo vprašanje o razpisu.", "A question about the call was asked."),
    "question.answer": Text("Objavljen je bil odgovor na vprašanje.", "The answer to a question was published."),
    "commission.declare": Text("Član komisije je podal izjavo o nasprotju interesov.", "A member declared conflicts."),
    "commission.recusal": Text("Odločeno je bilo o izločitvi člana komisije.", "A member's exclusion was decided."),
    "sitting.start": Text("Začela se je seja komisije.", "A sitting of the commission began."),
    "sitting.come": Text("Član je prišel na sejo.", "A member came to the sitting."),
    "sitting.leave": Text("Član je odšel s seje.", "A member left the sitting."),
    "sitting.end": Text("Seja komisije se je končala.", "The sitting of the commission ended."),
    "opening.open": Text("Na seji so bile odprte vloge.", "Applications were opened at the sitting."),
    "marks.save": Text("Član komisije je shranil ocene.", "A member of the commission saved marks."),
    "marks.lock": Text("Član komisije je zaklenil svoje ocene.", "A member of the commission locked their marks."),
    "marks.reopen": Text("Zaklenjene ocene so bile znova odprte.", "Locked marks were opened again."),
    "marks.open_for_missing": Text(
        "Ocenjena vloga je bila odprta namestniku izločenega člana.",
        "A scored application was opened for the substitute of an excluded member.",
    ),
    "marks.call_in": Text("K ocenjevanju je bil poklican namestnik.", "A deputy was called in to mark."),
    "marks.agree": Text("Komisija je uskladila oceno.", "The commission agreed on a mark."),
    "evaluation.run": Text(
        "Vloge so bile točkovane in sredstva razdeljena.", "Applications were scored, funds shared."
    ),
    "evaluation.simulate": Text("Shranjena je bila simulacija razdelitve.", "A simulation of the allocation was kept."),
    "check.entitled": Text("Preverjeno je bilo, ali je prijavitelj upravičen.", "Entitlement was checked."),
    "check.complete": Text("Ugotovljeno je bilo, da je vloga popolna.", "The application was found complete."),
    "check.incomplete": Text("Ugotovljeno je bilo, da je vloga nepopolna.", "The application was found incomplete."),
    "check.admit": Text("Vloga je bila uvrščena v ocenjevanje.", "The application was admitted to scoring."),
    "check.condition_failed": Text("Vloga ne izpolnjuje pogoja.", "The application does not meet a condition."),
    "finding.put": Text("Komisija je popravila navedbo v vlogi.", "The commission corrected a claim."),
    "finding.confirm": Text("Komisija je potrdila navedbe v vlogi.", "The commission confirmed claims."),
    "supplement.ask": Text("Prijavitelj je bil pozvan k dopolnitvi.", "The applicant was asked to supplement."),
    "supplement.file": Text("Vložena je bila dopolnitev.", "A supplement was filed."),
    "office.close": Text("Vpisan je bil dan, ko organ ne posluje.", "A day without office work was entered."),
    "office.reopen": Text("Dan, ko organ ne posluje, je bil umaknjen.", "A day without office work was taken back."),
    "office.suspend": Text("Vpisan je bil zastoj rokov po zakonu.", "A suspension of periods by law was entered."),
    "office.resume": Text("Zastoj rokov je bil umaknjen.", "A suspension of periods was taken back."),
    "supplement.enter": Text("Vpisana je bila dopolnitev na papirju.", "A supplement on paper was entered."),
    "supplement.late": Text("Dopolnitev na papirju je bila prepozna.", "A supplement on paper came too late."),
    "supplement.lapse": Text("Rok za dopolnitev je potekel brez nje.", "The period passed without a supplement."),
    "minutes.draft": Text("Sestavljen je bil zapisnik.", "The minutes were drafted."),
    "minutes.sign": Text("Zapisnik je bil podpisan.", "The minutes were signed."),
    "proposal.prepare": Text("Pripravljen je bil predlog komisije.", "The commission's proposal was prepared."),
    "proposal.sign": Text("Predlog komisije je bil podpisan.", "The commission's proposal was signed."),
    "service.record": Text("Zapisana je bila vročitev.", "Service was recorded."),
    "results.publish": Text("Objavljeni so bili rezultati razpisa.", "The results of the call were published."),
    "service.dispatch": Text("Zapisana je bila odprema odločitev.", "The dispatch of decisions was recorded."),
    "decision.terms": Text("Spremenjene so bile nastavitve odločitev.", "The settings of decisions were changed."),
    "decision.signed": Text(
        "Sprejeta je bila drugje podpisana odločitev.", "A decision signed elsewhere was taken in."
    ),
    "application.renounce": Text(
        "Zapisan je bil umik vloge po roku.", "The withdrawal of an application after the deadline was recorded."
    ),
    "call.return_accepted": Text(
        "Sprejeti predlog je bil vrnjen komisiji.", "The accepted proposal was returned to the commission."
    ),
    "remedy.record": Text(
        "Zapisano je bilo pravno sredstvo zoper odločitev.", "A remedy against a decision was recorded."
    ),
    "decision.annul": Text("Zapisana je bila odprava odločitve.", "A decision was annulled."),
    "remedy.nothing": Text(
        "Zapisano je bilo, da pravna sredstva niso bila vložena.", "That no remedies were lodged was recorded."
    ),
    "call.finish_remedies": Text(
        "Odločitve so dokončne, pravna sredstva so končana.", "The decisions are final, remedies are over."
    ),
    "release.draft": Text("Pripravljeni so bili osnutki odločitev.", "Decisions were drafted."),
    "release.approve": Text("Odločitve so bile odobrene in oštevilčene.", "Decisions were approved and numbered."),
    "release.drop": Text("Osnutki odločitev so bili opuščeni.", "Drafts of decisions were given up."),
    "release.render": Text("Izdelani so bili dokumenti odločitev.", "The documents of decisions were made."),
    "correction.draft": Text("Pripravljena je bila poprava pomote.", "The correction of an error was drafted."),
    "correction.approve": Text("Poprava pomote je bila odobrena.", "The correction of an error was approved."),
    "correction.issue": Text("Izdana je bila poprava pomote.", "The correction of an error was issued."),
    "correction.drop": Text("Osnutek poprave je bil opuščen.", "The draft of a correction was given up."),
    "renewal.draft": Text("Pripravljena je bila nova odločitev o vrnjeni vlogi.", "A decision anew was drafted."),
    "renewal.approve": Text("Nova odločitev o vrnjeni vlogi je bila odobrena.", "A decision anew was approved."),
    "renewal.issue": Text("Izdana je bila nova odločitev o vrnjeni vlogi.", "A decision anew was issued."),
    "renewal.drop": Text("Osnutek nove odločitve je bil opuščen.", "The draft of a decision anew was given up."),
    "renewal.leave": Text(
        "O vrnjeni vlogi se odloči zunaj portala.", "The remitted application is decided outside this portal."
    ),
    "release.issue": Text("Odločitve so bile izdane.", "The decisions were issued."),
    "draw.seed": Text("Zapisano je bilo seme žreba.", "The seed of the draw was written down."),
}
"""What happened, in a sentence without its person, who stands beside it."""

READINGS: Mapping[str, Text] = {
    "organisation.read": Text("Branje podatkov organizacije", "Reading the details of an organisation"),
    "evidence.read": Text("Branje dokazila organizacije", "Reading evidence of an organisation"),
    "decision.read": Text("Branje odločitve ali njenega osnutka", "Reading a decision or its draft"),
    "application.content": Text("Branje vloge", "Reading an application"),
    "simulation.names": Text("Branje simulacije z imeni prijaviteljev", "Reading a simulation with applicants' names"),
    "application.dossier": Text("Prenos spisa vloge", "Downloading the file of an application"),
    "application.dossier_redacted": Text(
        "Prenos okrnjenega spisa vloge", "Downloading the redacted file of an application"
    ),
    "application.marking": Text("Branje vloge med ocenjevanjem", "Reading an application while marking"),
    "application.marks": Text("Branje ocen vloge", "Reading the marks of an application"),
    "application.paper": Text("Branje listine o vlogi", "Reading a paper about an application"),
    "application.result": Text("Branje izida vloge", "Reading the result of an application"),
    "commission.applicants": Text("Branje seznama prijaviteljev", "Reading the list of applicants"),
    "commission.content": Text("Branje vloge v komisiji", "Reading an application in the commission"),
    "commission.file": Text("Branje priloge v komisiji", "Reading a file in the commission"),
    "commission.facts": Text("Branje ugotovitev o vlogi", "Reading the findings about an application"),
}

SUBJECTS: Mapping[str, Text] = {
    "user": Text("oseba", "person"),
    "organisation": Text("organizacija", "organisation"),
    "call": Text("javni razpis", "call"),
    "application": Text("vloga", "application"),
    "question": Text("vprašanje", "question"),
    "sitting": Text("seja komisije", "sitting of the commission"),
    "register": Text("poslovni register", "business register"),
    "functionary": Text("funkcionar", "functionary"),
    "office_day": Text("koledar organa", "the office's calendar"),
}
