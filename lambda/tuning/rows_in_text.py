"""A container's text without the rows that it quotes.

Every library has words of its own for a cell that it cannot read, so that no list of such words is
ever complete. What stands in quotes is therefore left out unless it is known for a name: by its
form, as a path is, or by the word beside it, such as `channel`. The rest is known by its form too.
"""

from __future__ import annotations

import re

NOT_SHOWN = "(not shown)"

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_IS_NUMBER = re.compile(_NUMBER)
_VALUE = rf"(?:np\.float\d*\()?(?:{_NUMBER}|nan\b|[-+]?inf\b)\)?"
# Three numbers in a row, two of which one has a fraction, and the pairs of libsvm: 1:0.5 4:2.
_NUMBERS = re.compile(
    rf"(?<![\w.:-]){_VALUE}(?:[\s,;|]+{_VALUE}){{2,}}(?![\w.])"
    r"|(?<![\w.:-])-?(?:\d+[,;|]-?\d+\.\d+|\d+\.\d+[,;|]-?\d+(?:\.\d+)?)(?![\w.])",
    re.IGNORECASE,
)
_PAIRS = re.compile(
    rf"(?<!\S){_NUMBER}(?:\s+qid:\d+)?(?:\s+\d+:{_NUMBER})+"
    rf"|\b\d+:{_NUMBER}(?:\s+\d+:\S+)+|(?<![:\w])\d+:-?\d+\.\d+"
)
# Cells of CSV, one of which is a number.
_CELLS = re.compile(r"[^\s,;|'\"()\[\]{}]*(?:[,;|\t][^\s,;|'\"()\[\]{}]*){2,}")
# A row as a dictionary, and as members: name=Smith, age=39.
_DICTIONARY = re.compile(rf"\{{[^{{}}]*:\s*['\"]?{_NUMBER}\b[^{{}}]*\}}")
_MEMBER = r"\w+=(?:'[^'\n]*'|\"[^\"\n]*\"|[^\s,;)\]'\"]+)"
_MEMBERS = re.compile(rf"{_MEMBER}(?:[\s,;]+{_MEMBER})+")
# Elements of XML, <age>39</age><name>Smith</name>, and a line of a table as pandas prints it: it
# begins with its number.
_ELEMENTS = re.compile(r"(?:<(?P<name>[\w:.-]+)>[^<]*</(?P=name)>\s*)+")
_NUMBER_IN_ELEMENT = re.compile(rf">\s*{_NUMBER}\s*<")
_LINE_OF_TABLE = re.compile(r"^[ \t]*\d+(?: {2,}|\t)\S.*$", re.MULTILINE)
# A fraction beside a word for what data is made of: "row 39.25 is bad". Row 39 is one of many.
_FRACTION = re.compile(
    r"\b(?P<words>(?:row|line|record|sample|cell|field|label|feature|target|has|got|saw|found)"
    r"s?[ :=#]+)[-+]?(?:\d*\.\d+(?:e[-+]?\d+)?|\d+\.?e[-+]?\d+)(?![\w.]*\w)",
    re.IGNORECASE,
)
# A quote that nothing ends goes to the end. An apostrophe within a word is none.
_QUOTED = re.compile(
    r"(?<!\w)(?:b(?=['\"]))?(?:"
    r"'b?'?(?P<single>.*?)(?:'+(?!\w)|$)|\"(?P<double>.*?)(?:\"|$)|`(?P<back>.*?)(?:`|$)"
    r"|\u2018(?P<curly>.*?)(?:\u2019|$)|\u201c(?P<curlies>.*?)(?:\u201d|$))",
    re.DOTALL,
)
_FORM_OF_A_NAME = re.compile(
    r"(?:/|\w+://|arn:)\S+|(?:application|text|image)/\S+|train|validation|test"
)
_BEFORE_A_NAME = re.compile(
    r"(?:\b(?:channel|hyper-?parameters?|parameter|argument|attribute|module|package|files?|image"
    r"|directory|ur[il]|content.type|accept types?|instance type|metric|algorithm|function"
    r"|operation|method|script|strategy|objective|service limit|could not find (?:\w+ )+)|<class)"
    r"(?: is| named)?[: (\[]*$",
    re.IGNORECASE,
)
_BEHIND_A_NAME = re.compile(
    r"(?: failed to satisfy| was unexpected| object\b| channel\b| hyper-?parameter)"
)
# What follows a colon to the end of the line: "data remains: Smith".
_AFTER_COLON = re.compile(
    r"\b(?P<words>(?:float|double|int|integer|number|numeric|date|time|labels?|categor(?:y|ies)"
    r"|tokens?|values?|cells?|data remains|string format|name"
    r"|(?:rows?|lines?|records?|got|saw)(?: \d+)?): )(?!\[?\(not shown\))\S.*",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"\b(unknown (?:token|label|category|class|value)) [^\s(]\S*", re.IGNORECASE)
_SEVERAL = re.compile(r"\(not shown\)(?:[\s,;|]+\(not shown\))+")


def without_rows(text: str) -> str:
    """The text without what looks like a row of data, or may be a cell or line of it."""
    text = _LINE_OF_TABLE.sub(NOT_SHOWN, _ELEMENTS.sub(_without_elements, text))
    text = _MEMBERS.sub(_without_cells, _DICTIONARY.sub(NOT_SHOWN, text))
    text = _QUOTED.sub(_without_quoted, text)
    text = _AFTER_COLON.sub(rf"\g<words>{NOT_SHOWN}", text)
    text = _UNKNOWN.sub(rf"\1 {NOT_SHOWN}", text)
    text = _FRACTION.sub(rf"\g<words>{NOT_SHOWN}", text)
    text = _CELLS.sub(_without_cells, text)
    text = _NUMBERS.sub(NOT_SHOWN, _PAIRS.sub(NOT_SHOWN, text))
    return _SEVERAL.sub(NOT_SHOWN, text)


def _without_elements(match: re.Match[str]) -> str:
    return NOT_SHOWN if _NUMBER_IN_ELEMENT.search(match[0]) else match[0]


def _without_quoted(match: re.Match[str]) -> str:
    quoted = match[match.lastgroup or 0]
    before, behind = match.string[: match.start()], match.string[match.end() :]
    named = (
        _FORM_OF_A_NAME.fullmatch(quoted)
        or _BEFORE_A_NAME.search(before[-60:])
        or _BEHIND_A_NAME.match(behind)
    )
    return match[0] if named else NOT_SHOWN


def _without_cells(match: re.Match[str]) -> str:
    cells = (cell.strip(" '\"") for cell in re.split(r"[,;|\t=\s]", match[0]))
    return NOT_SHOWN if any(map(_IS_NUMBER.fullmatch, cells)) else match[0]
