"""Text as a stranger would choose it, for every place that shows names, reasons and answers."""

from __future__ import annotations

# What a terminal, a browser, a chart, a spreadsheet or a reader of lines would obey.
HOSTILE = {
    "html": "<img src=x onerror=alert(1)>",
    "link": "<a href='javascript:alert(1)'>here</a>",
    "end of script": "</script><script>alert(1)</script><!--",
    "entity": "&lt;b&gt;",
    "attribute": "' onmouseover='alert(1)\" x=\"",
    "rich markup": "[/opt/ml/input/data/train] not found [red]",
    "rich link": "[link=https://evil.example]here[/link]",
    "clear screen": "\x1b[2J\x1b[31mred",
    "hyperlink of a terminal": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "title of a terminal": "\x1b]0;title\x07",
    "C1": "\x9b2J\x85",
    "direction": "user\u202etxt.exe\u2066\u2069",
    "invisible": "a\u200bb\ufeff\U000e0041",
    "formula": "=cmd|' /C calc'!A0",
    "lines": "one\nOutcome: Deployed\r\nWhat to do: nothing\u2028three",
    "table": "a | b | c",
    "NUL": "a\x00b",
    "half a pair": "\ud800",
    "format": "{0} %s $title %{x}",
}
ALL = " ".join(HOSTILE.values())


def commands(text: str) -> list[str]:
    """The characters of a text that a terminal would obey, or that hide or turn what is there."""
    harmless = "\n\t"
    turning = (*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
    return [
        character
        for character in text
        if character not in harmless
        and (ord(character) < 32 or 127 <= ord(character) < 160 or ord(character) in turning)
    ]
