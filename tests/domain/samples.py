"""The rules of the driver test as the council's committee is asked to adopt them, written out."""

from quiz.domain.blueprint import Blueprint, CriticalRule, Group, Place, Topic

GROUP_OF = {
    "basics": ("T1", "T14"),
    "signs": ("T2", "T3", "T4", "T5", "T6", "T13", "T15"),
    "act": ("T7", "T8", "T9"),
    "conduct": ("T10", "T11", "T12"),
}
QUOTAS = {
    ("T1",): 1, ("T2",): 2, ("T3",): 2, ("T4",): 2, ("T5",): 1, ("T6",): 1, ("T7",): 3, ("T8",): 1, ("T9",): 2,
    ("T10",): 2, ("T11",): 1, ("T12",): 1, ("T13", "T14"): 1,
}  # fmt: skip
CRITICAL = {("T7",): 2, ("T9",): 1, ("T10",): 1, ("T2", "T3", "T4", "T5", "T6"): 1}

RULES = Blueprint(
    test="driver",
    name="Sample test",
    minutes=45,
    pass_mark=16,
    unsafe_limit=0,
    tries=3,
    window_months=6,
    waits_days=(1, 7),
    resets=frozenset({"pass", "void", "decision"}),
    valid_months=36,
    renewal_months=3,
    use_within_months=12,
    avoid_papers=2,
    unsupervised={"application": "unset", "renewal": "unset"},
    groups=tuple(Group(key, f"Group {key}", ("start-here",)) for key in GROUP_OF),
    topics=tuple(Topic(code, f"Topic {code}", group) for group, codes in GROUP_OF.items() for code in codes),
    places=tuple(Place(topics, count) for topics, count in QUOTAS.items()),
    critical=tuple(CriticalRule("-".join(topics), topics, count) for topics, count in CRITICAL.items()),
)
