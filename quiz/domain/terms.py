"""Terms that no question uses, each with what to write instead. The handbook's chapter on words has the reasons."""

import re

DISRESPECTFUL = (
    (r"prostitut\w*|rent boys?|sex workers?", "a child who is being exploited"),
    (r"promiscu\w*|slut\w*|jail ?bait|lolita", "what was seen, without a judgement of the child"),
    (r"lifestyle choices?|asking for it|made (her|his|their) bed", "what was done to the person"),
    (r"streetwise|puts? (herself|himself|themselves) at risk", "“somebody is putting the child at risk”"),
    (r"child porn\w*|kiddie\w*", "“indecent images of a child”"),
    (r"under-?age (sex|girls?|boys?|women|woman|man|men)|sex with a child", "“child sexual abuse”, or “child”"),
    (r"runaways?|absconder\w*", "“a child who may be missing”"),
    (r"just a domestic", "“domestic abuse”"),
    (r"(he|she|they|boy|girl|child|woman|man|passenger|victim) (claims|claimed|alleges|alleged)", "“said”"),
    (r"handicapped|cripple\w*|able-bodied|the disabled|suffers? from|confined to", "“disabled”, or what is used"),
    (r"wheelchair[- ]bound", "“uses a wheelchair”"),
    (r"retarded|mental (patient|case)s?|nutters?|lunatics?|spastics?|mad (man|woman)", "the need that was seen"),
    (r"deaf and dumb|the (deaf|blind)(?! \w)", "“deaf people”, “blind people”"),
    (r"the elderly|old dears?|pensioners?", "“older people”"),
    (r"junkies?|druggies?|addicts?|winos?|drunks|tramps?", "“a person who has taken drugs”, “who is drunk”"),
    (r"illegal (immigrants?|migrants?|aliens?)|illegals", "“a person who is afraid about their papers”"),
    (r"half-caste|coloured (people|man|woman|boy|girl|child)|orientals?", "no description by race at all"),
)
PEOPLE = (
    r"(?:wo)?m[ae]n|boys?|girls?|child(?:ren)?|people|person|males?|females?|teenagers?|youths?|lads?|passengers?"
    r"|drivers?|famil(?:y|ies)|gangs?|couples?"
)
TRADES = r"takeaway|kebab|corner shop|nail bar|car wash|scrapyard|fairground"
# Who somebody is by origin, faith, speech or trade says nothing about danger.
STEREOTYPES = (
    (
        r"asian|african|caribbean|arab|chinese|indian|pakistani|bangladeshi|vietnamese|albanian|romanian|polish"
        r"|bulgarian|roma|gyps(?:y|ies)|travellers?|jamaican|nigerian|somali|kurdish|turkish|afghan|irish"
        rf"|eastern european|(?:black|white|brown|dark-skinned) (?:{PEOPLE})",
        "ethnicity or nationality",
    ),
    (
        r"muslims?|islam\w*|christians?|catholics?|jew(?:s|ish)?|hindus?|sikhs?|mosques?|imams?|vicars?|headscar\w+"
        r"|hijabs?|turbans?",
        "religion",
    ),
    (r"foreign\w*|immigrants?|migrants?|asylum|refugees?|nationalit\w+|ethnic\w*", "nationality"),
    (r"accents?|broken english|speaks? no english", "speech; write “does not know the town” or what was said"),
    (
        rf"(?:{TRADES}) (?:owners?|men|man|boss(?:es)?|workers?|staff|lads?) (?:who )?(?:groom|like|pick|chase)\w*"
        r"|kebab\w*|typical (?:of|for) \w+ (?:drivers|workers|trade)",
        "a trade",
    ),
)


def _compiled(terms: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b(?:{term})\b", re.I), words) for term, words in terms)


RESPECT = _compiled(DISRESPECTFUL)
STEREOTYPE = _compiled(STEREOTYPES)
