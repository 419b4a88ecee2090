"""How authors say what an equation is for: words that make it a definition, a condition or a result.

One table of phrases, matched against the words before an equation (those that end with it) or its sentence.
`roles` asks them in the order of what each would cost if it were missed.
"""

from __future__ import annotations

import re

TARGETS = frozenset({"y", "t", "d", "Y", "T"})
NOISE = frozenset({"epsilon", "varepsilon", "eta", "xi", "nu", "e", "u"})
"""Letters for labels, and for what a model adds to them."""

_BEFORE = r"[^⟧]*$"
"""Up to the equation itself, no other formula between."""


def _phrases(*alternatives: str, behind: str = "") -> re.Pattern[str]:
    return re.compile(r"(?:" + "|".join(alternatives) + r")" + behind, re.IGNORECASE)


EQUATION_TO_SOLVE = _phrases(
    r"\bsetting\b",
    r"\bset\b[^.]*\b(?:zero|equal)",
    r"\bsolv(?:e|es|ed|ing)\b",
    r"\bfirst-order condition",
    r"\bstationar",
    r"\bat the (?:minim\w+|optim\w+|maxim\w+|solution)",
    r"\boptimality\b",
    r"\bnormal equations?",
    r"\bwe (?:need|require|want)\b",
    r"\bmust (?:have|satisfy|hold|be)\b",
    r"\bconstraint",
)
"""Sentences whose equations are conditions on an unknown, not identities."""
BACKWARDS = re.compile(
    r"^\W*(?:where|with|here|in which|recall|as before|as usual|for|since|using)\b|^\W*$", re.IGNORECASE
)
"""Sentences whose definitions speak of what stands above."""
APPENDED = _phrases(r"\b(?:where|with)\b", behind=r"[^⟧,;:]*$")
"""Words before an equation that explain what stands before them in the sentence."""
LISTED = re.compile(r"^[\s,]*(?:and)?[\s,]*$", re.IGNORECASE)
"""What stands between the equations of a list: "with $w = ...$ and $b = ...$"."""
UPDATE = _phrases(r"\b(?:updat\w+|step|iterat\w+|descent|replac\w+|assign\w*|new value)\b")
"""Sentences in which an equation with one name on both sides says what the name becomes."""
RESULT = _phrases(
    r"\b(?:then|thus|hence|so|therefore|it follows|gives|yields|implies)\b",
    r"\bwe (?:get|obtain|find|have|see)\b",
    behind=_BEFORE,
)
"""Words before an equation that follows from what stands above."""
HYPOTHETICAL = _phrases(
    r"\b(?:either|would be|wrong to|for comparison|question|another choice|for example|for instance)\b",
    r"\b(?:perhaps|maybe|possibly|presumably|supposedly|allegedly|wrongly)\b",
    r"\bsome (?:authors|people|books|texts)\b|\bothers? (?:define|write|claim|use)\b",
    r"\b(?:he|she|one|somebody|someone) (?:claim|think|say)s?\b",
    r"\b(?:old|older|previous|former) (?:notation|convention|version)\b|\w claims(?: that)? \u27e6",
    r"\?",
)
"""Sentences that mention an equation as one of several, or as another's."""
DENIED = _phrases(r"\b(?:not|never|whether|could|might|incorrectly|mistake)\b", r"n't\b", behind=_BEFORE)
"""Sentences that mention an equation without saying that it holds."""
NOT_GRANTED = _phrases(
    r"\b(?:unless|without|no longer|instead of|excluding|excluded|outside|until|false|opposite|wrong)\b",
    r"\b(?:absurd|contrary|contradict\w*|some authors|enough|fails|violated|neither|nor|either)\b|\?",
    r"\b(?:except\w*|hardly|rarely|seldom|far from|forget\w*|at first|later|if you like|otherwise)\b",
    r"\b(?:only|just) (?:some|a few|one)\b|\bsome (?:of the )?\u27e6",
    r"\b(?:if|case|does|do|did|is|are|were) not\b|n't\b|\bfor (?:some|no)\b|\bthere (?:is|are|exists?)\b",
    r"\b(?:exactly|at least|at most) one\b|\bone of\b|\u27e7[\s,]*(?:and/)?or \u27e6",
)
"""Sentences whose conditions are not granted, or not all of them."""
HERE_ONLY = re.compile(r"\b(?:suppos\w+|given|assum\w+)(?: first| now)?(?: that)?\W*$", re.IGNORECASE)
"""Words before an inequality that holds in its own section or theorem."""
ANEW = re.compile(
    r"\b(?:let|suppos\w+|assum\w+|consider|fix|take|given|pick|choose)\b[^.;:]*$", re.IGNORECASE
)
"""Words before a formula that bring in what it names, whatever that meant before."""
SUPPOSED = _phrases(r"\bsuppos\w+\b", r"\bassum\w+\b", behind=_BEFORE)
PREMISE = _phrases(
    r"\b(?:suppos\w+|assum\w+|let|given|from|under|subject to|s\.t\.)(?: that)?"
    r"(?: the (?:\w+ )?constraints?)?",
    behind=r"\W*$",
)
"""Words before an equation that take it for granted."""
PARTIAL = _phrases(
    r"\bspecial case",
    r"\bin (?:the )?case of\b",
    r"\btwo classes",
    r"\bdistinct\b",
    r"\bdiagonal,",
    r"\boff[- ](?:the[- ])?diagonal",
    r"\bas long as\b",
    r"\bprovided\b",
    r"\bexcept\b",
    r"\bapproximat\w+",
    r"\basymptotic\w*",
    r"\bin expectation\b",
    r"\bin general\b",
    r"\balmost\b",
    r"\blarge\b",
    r"\bsmall\b",
    r"\bconvex\b",
    r"\bskew",
    r"\bgeneric",
)
"""Words that restrict what a sentence claims in a way that is not read."""
ANNOUNCED = _phrases(
    r"\b(?:we|i) (?:will|shall|want to|are going to|now) (?:show|prove|derive|see)",
    r"\bclaim\b",
    r"\bto show\b",
    r"\b(?:theorem|proposition|lemma|goal)\b",
)
"""Sentences that tell a claim before what it rests on."""
INTRODUCED = _phrases(
    r"\b(?:let|with|where|given|under|for|write|put|set|define|denote)\W+"
    r"(?!all|every|any|each|some)(?:\w+\W+){0,4}",
    r"\bthe (?:\w+ ){0,2}(?:function|loss|cost|map|objective|likelihood)\W*",
    behind=r"$",
)
"""Words before an equation that bring in what an announced claim speaks of."""
ONE_EXAMPLE = _phrases(
    r"\b(?:one|a single|single) (?:\w+ ){0,2}(?:example|sample|observation|data ?point|pattern|instance)\b"
)
"""Sentences from which on a loss may be that of one example, though it was defined for all of them."""
LOSSES = frozenset({"J", "L", "E", "C", "R", "ell", "cal L", "cal J", "f", "F", "l", "NLL"})
"""Letters for what is minimised."""
GIVEN_NAME = _phrases(
    r"\b(?:let|where|with|write|writing|put|set|define|denote|defin\w+|call|introduce)\b", behind=_BEFORE
)
"""Words before an equation that is a definition even of what was used above."""
SPECIAL = _phrases(r"\b(?:special case|may take|alternatives?|compare)\b", behind=_BEFORE)
CONCLUDED = _phrases(r"\b(?:conclude|follows|hence|thus|therefore|so|then)\b(?: that)?", behind=r"\W*$")
FOUND = _phrases(
    r"\bwe (?:get|obtain|find|conclude|deduce|have|see)\b(?: that)?",
    r"\b(?:gives|yields|implies|clearly|obviously)\b(?: that)?",
    CONCLUDED.pattern.removesuffix(r"\W*$"),
    behind=r"\W*$",
)
"""Words right before what follows from what stands above."""
CONDITION = _phrases(
    r"(?<!look )(?<!arrive )\bat",
    r"\b(?:if|when|whenever|iff|unless|exactly for|only for|vanish\w* for)",
    behind=r"\b(?:\W+(?:we|had|the|it|is))*\W*$",
)
"""Words before an equation that make it a condition, not a definition."""
CONDITIONAL = re.compile(r"^\W*(?:for|if|when|in case)\b", re.IGNORECASE)
"""How a sentence begins that speaks under a condition only."""
VARIANT = re.compile(
    r"^\W*(?:(?:for|with|in) (?:an?|another|other)\b|another\b|alternatively\b)", re.IGNORECASE
)
"""How a sentence begins that speaks of something other than what stands above: "For a leaky unit"."""
OTHER_CASE = _phrases(
    r"\b(?:in|for) (?:\w+ ){0,3}(?:regression|case|layer|classification|units?|exercises?|version|another)\b",
    r"\b(?:otherwise|but|or|another)\b",
    behind=r"[^\u27e7.]*$",
)
"""Words before an equation that speak of another case than the one above."""
LABELLED = re.compile(
    r"^\W*(?:\d+\W+|\\item\W*)?[^\W\d][\w \t()-]{2,50}[*_)\]]*\s*(?::|\.|--+|\u2014|\u2013)[*_)\]]*\s*$"
)
"""How an item of a list begins that is about something of its own: "**Tanh**:"."""
NEW_MEANING = _phrases(r"\b(?:redefine|now let|instead|let|define|denote)\b", behind=_BEFORE)
NEW_MEANING_IN_PART = _phrases(
    r"\b(?:let|define|set|denote|put|write|consider|take|add(?:s|ing)?|regulari[sz]\w+|penali[sz]\w+)\b",
    r"\b(?:now|becomes?|instead|with|cost|loss|model|objective|suppose|here|this time)\b",
)
"""Words that give a name a new meaning: anywhere, and in another part of the document than the old one."""
