"""Chains of the log and the deeds written in it, as room:thing:deed."""

from enum import StrEnum


class Chain(StrEnum):
    """One chain for each door. Visitors have their own, so that no staff event tells the hour of a visitor's deed.

    So have the staff's deeds in the call log: whoever calls is as anonymous as whoever writes (ADR 8).
    """

    STAFF = "staff"
    PUBLIC = "public"
    WORKER = "worker"
    AGENCY = "agency"
    CALLS = "calls"


class Way(StrEnum):
    """How an anchor leaves the house."""

    FOLDER = "folder"
    MAIL = "mail"
    TAKEN = "taken"  # by a member, as a file


class Trouble(StrEnum):
    """Why an anchor did not arrive. The worker tries again every hour."""

    FOLDER_AWAY = "folder away"
    NOT_WRITTEN = "not written"
    NO_ANSWER = "no answer"
    REFUSED = "refused"


class Act(StrEnum):
    """Everything that can stand in the log, as room:thing:deed."""

    SIGNED_IN = "people:member:sign-in"
    SIGN_IN_REFUSED = "people:member:sign-in-refused"
    SIGNED_OUT = "people:member:sign-out"
    SECOND_FACTOR_ADDED = "people:member:second-factor"
    SECOND_FACTOR_REMOVED = "people:member:second-factor-removed"
    MEMBER_ADMITTED = "people:member:admit"
    MEMBER_INVITED = "people:member:invite"
    INVITATION_RENEWED = "people:invitation:renew"
    INVITATION_ENDED = "people:invitation:end"
    INVITATION_REFUSED = "people:invitation:refused"
    MEMBER_JOINED = "people:member:join"
    ROLES_CHANGED = "people:member:roles"
    LEAVING_SET = "people:member:leaving"
    LEAVING_UNSET = "people:member:stays"
    MEMBER_SHUT = "people:member:shut"
    MEMBER_OPENED = "people:member:open"
    MEMBER_LEFT = "people:member:leave"
    READMISSION_ASKED = "people:readmission:ask"
    READMISSION_SHORTENED = "people:readmission:shorten"
    READMISSION_STOPPED = "people:readmission:stop"
    READMITTED = "people:readmission:use"
    PAPER_LINK = "people:paper:link"
    PAPER_USED = "people:paper:use"
    ADDRESS_TOLD = "people:member:address"
    PASSWORD_CHANGED = "people:member:password"
    SESSION_ENDED = "people:session:end"
    ABSENCE_SET = "people:absence:set"
    ABSENCE_ENDED = "people:absence:end"
    PLACE_GIVEN = "access:place:give"
    PLACE_ENDED = "access:place:end"
    REFUSED = "access:door:refused"
    DIALOGUE_WRITTEN = "contact:dialogue:write"
    DIALOGUE_READ = "contact:dialogue:read"
    DIALOGUE_TAKEN = "contact:dialogue:take"
    DIALOGUE_HANDED_OVER = "contact:dialogue:hand-over"
    DIALOGUE_ANSWERED = "contact:dialogue:answer"
    DIALOGUE_NOTED = "contact:dialogue:note"
    DIALOGUE_ASKED = "contact:dialogue:ask"
    DIALOGUE_CLOSED = "contact:dialogue:close"
    DIALOGUE_MUTED = "contact:dialogue:mute"
    DIALOGUE_UNMUTED = "contact:dialogue:unmute"
    DIALOGUES_FREED = "contact:dialogue:free"
    DIALOGUE_ERASED = "contact:dialogue:erase"
    REPLY_COLLECTED = "contact:reply:collect"
    REPLY_REMOVED = "contact:reply:remove"
    CODE_RENEWED = "contact:code:renew"
    CALL_LOGGED = "contact:call:log"
    CALL_READ = "contact:call:read"
    CALL_CORRECTED = "contact:call:correct"
    CALL_REMOVED = "contact:call:remove"
    FILE_MADE = "cases:file:make"
    FILE_OPENED = "cases:file:open"
    FILE_READ = "cases:file:read"
    FILE_SEARCHED = "cases:file:search"
    FILE_CLOSED = "cases:file:close"
    FILE_REOPENED = "cases:file:reopen"
    FILE_TEAM = "cases:file:team"
    FILE_EXCLUDED = "cases:file:exclude"
    HANDED_OVER = "cases:handover:write"
    HANDOVER_SEEN = "cases:handover:see"
    FILES_MERGED = "cases:file:merge"
    FILES_PARTED = "cases:file:part"
    FILE_TAKEN_OVER = "cases:file:take-over"
    GLASS_ASKED = "cases:glass:ask"
    GLASS_READ = "cases:glass:read"
    GLASS_GRANTED = "cases:glass:grant"
    GLASS_DECLINED = "cases:glass:decline"
    GLASS_WITHDRAWN = "cases:glass:withdraw"
    GLASS_ENDED = "cases:glass:end"
    SHEET_WRITTEN = "cases:sheet:write"
    NOTE_WRITTEN = "cases:note:write"
    NOTE_CORRECTED = "cases:note:correct"
    CONSENT_GIVEN = "cases:consent:give"
    CONSENT_WITHDRAWN = "cases:consent:withdraw"
    DISCLOSED = "cases:file:disclose"
    PLAN_WRITTEN = "cases:plan:write"
    TASK_GIVEN = "cases:task:give"
    TASK_CHANGED = "cases:task:change"
    DECISION_RECEIVED = "cases:decision:receive"
    DECISION_ANSWERED = "cases:decision:answer"
    DECISION_STARTED = "cases:decision:start"
    DECISION_REPORTED = "cases:decision:report"
    DECISION_ENDED = "cases:decision:end"
    CONTACT_LINKED = "intake:link:make"
    CONTACT_UNLINKED = "intake:link:undo"
    ORIGIN_READ = "intake:link:read"
    TRIAGED = "intake:triage:set"
    TRIAGE_TAKEN = "intake:triage:take"
    FAMILY_WRITTEN = "cases:family:write"
    CONCERN_REPORTED = "cases:concern:report"
    CONCERN_WEIGHED = "cases:concern:weigh"
    CONCERN_FOLLOWED = "cases:concern:follow"
    DEMAND_RECEIVED = "cases:demand:receive"
    DEMAND_ANSWERED = "cases:demand:answer"
    EXTRACT_MADE = "cases:extract:make"
    RING_MADE = "sealing:ring:make"
    RING_SHARED = "sealing:ring:share"
    RING_TURNED = "sealing:ring:turn"
    RING_TAKEN = "sealing:ring:take"
    RING_SPARED = "sealing:ring:spare"
    WRAPS_TURNED = "sealing:wrap:turn"
    PAIR_MADE = "sealing:pair:make"
    PAIR_SIGNED = "sealing:pair:sign"
    PAIR_DESTROYED = "sealing:pair:destroy"
    CASE_NAMED = "sealing:case:name"
    CASE_KEY_GIVEN = "sealing:case:give"
    SEED_TAKEN = "sealing:seed:take"
    RECOVERY_USED = "sealing:recovery:use"
    CENTRE_INSTALLED = "people:centre:install"
    CENTRE_CHANGED = "people:centre:edit"
    CENTRE_OPENED = "people:centre:open"
    PUBLISHED = "public:site:publish"
    TEXT_SAVED = "public:text:save"
    TEXT_AGREED = "public:text:agree"
    TEXT_TAKEN_DOWN = "public:text:take-down"
    TEXT_HEARD = "public:text:hear"
    TIME_SET = "public:time:set"
    TIME_TAKEN_BACK = "public:time:take-back"
    CATALOGUE_LOADED = "catalogue:services:load"
    CATALOGUE_CHANGED = "catalogue:draft:change"
    CATALOGUE_ASIDE = "catalogue:draft:aside"
    CATALOGUE_SAVED = "catalogue:edition:save"
    CATALOGUE_RETURNED = "catalogue:edition:return"
    CATALOGUE_LIVE = "catalogue:edition:live"
    PURGED = "retention:rows:purge"
    LOG_READ = "audit:log:read"
    LOG_LISTED = "audit:log:list"
    LOG_EXPORTED = "audit:log:export"
    LOG_CHECKED = "audit:log:check"
    REVIEW_READ = "audit:review:read"
    REVIEW_CLOSED = "audit:review:close"
    MONTH_SIGNED = "audit:month:sign"
    ANCHOR_SENT = "audit:anchor:send"
    ANCHOR_TAKEN = "audit:anchor:take"


LABELS: dict[Act, str] = {
    Act.SIGNED_IN: "loggade in",
    Act.SIGN_IN_REFUSED: "inloggning nekades",
    Act.SIGNED_OUT: "loggade ut",
    Act.SECOND_FACTOR_ADDED: "lade till en andra faktor",
    Act.SECOND_FACTOR_REMOVED: "tog bort en andra faktor",
    Act.MEMBER_ADMITTED: "var med från installationen",
    Act.MEMBER_INVITED: "bjöd in en medarbetare",
    Act.INVITATION_RENEWED: "gjorde en ny länk till en medarbetare",
    Act.INVITATION_ENDED: "tog tillbaka en länk",
    Act.INVITATION_REFUSED: "en länk som inte gällde längre nekades",
    Act.MEMBER_JOINED: "kom in genom sin inbjudan",
    Act.ROLES_CHANGED: "ändrade någons roller",
    Act.LEAVING_SET: "skrev in en medarbetares sista dag",
    Act.LEAVING_UNSET: "tog tillbaka en medarbetares sista dag",
    Act.MEMBER_SHUT: "stängde ute en medarbetare",
    Act.MEMBER_OPENED: "släppte in en medarbetare som var utestängd",
    Act.MEMBER_LEFT: "avslutade en medarbetare",
    Act.READMISSION_ASKED: "begärde att någon släpps in på nytt",
    Act.READMISSION_SHORTENED: "kortade väntan för någon som släpps in på nytt",
    Act.READMISSION_STOPPED: "stoppade att någon släpps in på nytt",
    Act.READMITTED: "kom in på nytt",
    Act.PAPER_LINK: "gjorde en länk med reservnyckeln på papper",
    Act.PAPER_USED: "släppte in någon med reservnyckeln på papper",
    Act.ADDRESS_TOLD: "ändrade sin egen hemadress för granskningen",
    Act.PASSWORD_CHANGED: "bytte sitt lösenord",
    Act.SESSION_ENDED: "loggade ut en av sina andra webbläsare",
    Act.ABSENCE_SET: "skrev in en frånvaro",
    Act.ABSENCE_ENDED: "avslutade en frånvaro",
    Act.PLACE_GIVEN: "släppte in någon innanför en mur",
    Act.PLACE_ENDED: "avslutade någons plats innanför en mur",
    Act.REFUSED: "nekades",
    Act.DIALOGUE_WRITTEN: "meddelande kom in",
    Act.DIALOGUE_READ: "läste en dialog",
    Act.DIALOGUE_TAKEN: "tog en dialog",
    Act.DIALOGUE_HANDED_OVER: "lämnade över en dialog",
    Act.DIALOGUE_ANSWERED: "svarade i en dialog",
    Act.DIALOGUE_NOTED: "skrev i marginalen",
    Act.DIALOGUE_ASKED: "frågade en kollega",
    Act.DIALOGUE_CLOSED: "avslutade en dialog",
    Act.DIALOGUE_MUTED: "stängde av en dialog",
    Act.DIALOGUE_UNMUTED: "släppte på en dialog",
    Act.DIALOGUES_FREED: "dialoger blev fria när en kollega slutade",
    Act.DIALOGUE_ERASED: "en dialog raderades",
    Act.REPLY_COLLECTED: "ett svar hämtades av den som skrev",
    Act.REPLY_REMOVED: "ett svar togs bort",
    Act.CODE_RENEWED: "en ny kod gavs",
    Act.CALL_LOGGED: "förde ett samtal eller besök",
    Act.CALL_READ: "läste vad ett samtal gällde",
    Act.CALL_CORRECTED: "rättade ett fört samtal",
    Act.CALL_REMOVED: "tog bort ett fört samtal",
    Act.FILE_MADE: "öppnade en ny akt",
    Act.FILE_OPENED: "öppnade en akt utan att vara med i den",
    Act.FILE_READ: "läste i en akt",
    Act.FILE_SEARCHED: "sökte efter en akt",
    Act.FILE_CLOSED: "avslutade en akt",
    Act.FILE_REOPENED: "öppnade en avslutad akt igen",
    Act.FILE_TEAM: "ändrade vilka som är med i en akt",
    Act.FILE_EXCLUDED: "stängde ute en medarbetare från en akt",
    Act.HANDED_OVER: "lämnade över en akt med ett brev",
    Act.HANDOVER_SEEN: "tog emot en akt",
    Act.FILES_MERGED: "lade ihop två akter",
    Act.FILES_PARTED: "tog isär två akter",
    Act.FILE_TAKEN_OVER: "en akt som ingen kunde öppna gavs till andra med reservnyckeln",
    Act.GLASS_ASKED: "bad att få öppna en namngiven akt",
    Act.GLASS_READ: "läste varför någon vill öppna en namngiven akt",
    Act.GLASS_GRANTED: "lät en kollega öppna en namngiven akt i en timme",
    Act.GLASS_DECLINED: "sade nej till att öppna en namngiven akt",
    Act.GLASS_WITHDRAWN: "tog tillbaka en fråga om en namngiven akt",
    Act.GLASS_ENDED: "stängde en namngiven akt före timmens slut",
    Act.SHEET_WRITTEN: "ändrade uppgifter i en akt",
    Act.NOTE_WRITTEN: "skrev en anteckning i en akt",
    Act.NOTE_CORRECTED: "rättade en anteckning i en akt",
    Act.CONSENT_GIVEN: "skrev in ett samtycke i en akt",
    Act.CONSENT_WITHDRAWN: "skrev att ett samtycke är tillbakataget",
    Act.DISCLOSED: "skrev att något har lämnats ut ur en akt",
    Act.PLAN_WRITTEN: "skrev i planen i en akt",
    Act.TASK_GIVEN: "skrev en uppgift i en akt",
    Act.TASK_CHANGED: "ändrade en uppgift i en akt",
    Act.DECISION_RECEIVED: "skrev in ett beslut från en kommun",
    Act.DECISION_ANSWERED: "svarade på ett beslut från en kommun",
    Act.DECISION_STARTED: "skrev att ett beslutat stöd har börjat",
    Act.DECISION_REPORTED: "återrapporterade ett beslut",
    Act.DECISION_ENDED: "avslutade ett beslut",
    Act.CONTACT_LINKED: "gjorde en kontakt till akt, eller lade den till en",
    Act.CONTACT_UNLINKED: "tog tillbaka en kontakt ur en akt",
    Act.ORIGIN_READ: "läste hur en akt kom till",
    Act.TRIAGED: "bedömde hur bråttom det är i en akt",
    Act.TRIAGE_TAKEN: "tog något som brådskade",
    Act.FAMILY_WRITTEN: "skrev om relationer eller barn i en akt",
    Act.CONCERN_REPORTED: "skrev en anmälan om oro för ett barn",
    Act.CONCERN_WEIGHED: "avgjorde att inte anmäla oro för ett barn",
    Act.CONCERN_FOLLOWED: "förde in vad som hänt med en anmälan",
    Act.DEMAND_RECEIVED: "skrev in en begäran från en myndighet",
    Act.DEMAND_ANSWERED: "svarade på en begäran från en myndighet",
    Act.EXTRACT_MADE: "gjorde ett utdrag ur en akt till den det gäller",
    Act.RING_MADE: "en nyckelring gjordes",
    Act.RING_SHARED: "en nyckelring delades",
    Act.RING_TURNED: "en nyckelring byttes",
    Act.RING_TAKEN: "en del av en nyckelring togs tillbaka",
    Act.RING_SPARED: "en nyckelring gavs till reservnyckeln",
    Act.WRAPS_TURNED: "nycklar flyttades till den nya ringen",
    Act.PAIR_MADE: "gjorde egna nycklar",
    Act.PAIR_SIGNED: "godkände en medarbetares nycklar",
    Act.PAIR_DESTROYED: "en medarbetares nycklar förstördes",
    Act.CASE_NAMED: "gjorde en akt namngiven",
    Act.CASE_KEY_GIVEN: "gav nyckeln till en namngiven akt",
    Act.SEED_TAKEN: "centrumets underskrift togs bort från maskinen",
    Act.RECOVERY_USED: "reservnyckeln användes",
    Act.CENTRE_INSTALLED: "installerade centrumet",
    Act.CENTRE_CHANGED: "ändrade centrumets uppgifter",
    Act.CENTRE_OPENED: "öppnade för allmänheten",
    Act.PUBLISHED: "webbplatsen publicerades",
    Act.TEXT_SAVED: "sparade en text på webbplatsen",
    Act.TEXT_AGREED: "sade att en översättning stämmer",
    Act.TEXT_TAKEN_DOWN: "tog ner en översättning",
    Act.TEXT_HEARD: "skrev att en modersmålstalare har läst en text",
    Act.TIME_SET: "bestämde en tid att publicera",
    Act.TIME_TAKEN_BACK: "tog tillbaka en bestämd tid",
    Act.CATALOGUE_LOADED: "tjänstekatalogen laddades",
    Act.CATALOGUE_CHANGED: "ändrade i utkastet till tjänster",
    Act.CATALOGUE_ASIDE: "lade undan en utgåva av tjänsterna",
    Act.CATALOGUE_SAVED: "sparade en utgåva av tjänsterna",
    Act.CATALOGUE_RETURNED: "gick tillbaka till en tidigare utgåva av tjänsterna",
    Act.CATALOGUE_LIVE: "en utgåva av tjänsterna började gälla",
    Act.PURGED: "gammalt togs bort enligt reglerna",
    Act.LOG_READ: "läste loggen",
    Act.LOG_LISTED: "tog fram en lista åt den det gäller",
    Act.LOG_EXPORTED: "hämtade en del av loggen som fil",
    Act.LOG_CHECKED: "kontrollerade loggen",
    Act.REVIEW_READ: "läste vad någon sagt till granskningen",
    Act.REVIEW_CLOSED: "granskade något som stack ut",
    Act.MONTH_SIGNED: "skrev under månadens urval",
    Act.ANCHOR_SENT: "loggens ankare skickades ut ur huset",
    Act.ANCHOR_TAKEN: "hämtade loggens ankare",
}
"""The Swedish words a person who asks for her list will read."""
