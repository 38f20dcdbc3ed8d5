"""One page for one number: from the trace to blocks that any reader can show."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.model.certainty import Node
from assessment.report.chain.doing import function_blocks, functions_blocks, measure_blocks
from assessment.report.chain.grounds import kind_of, name_of, tell
from assessment.report.chain.indexes import component_blocks, index_blocks
from assessment.report.chain.inputs import evidence_blocks, indicator_blocks, question_blocks
from assessment.report.document import Block, Part, Words
from assessment.report.view import View


def traced_by(view: View, of: str) -> str:
    """The tree that has to be traced to tell of `of`: a component is told within its dilemma or trend."""
    return view.say.edition.components.get(of, of)


def chain(view: View, of: str, tree: Node) -> Part:
    """The page of one id. `tree`: the trace of `traced_by(of)`. Raises `KeyError` if `of` is not in it."""
    say, kind = view.say, kind_of(view.say.edition, of)
    name = name_of(say, of)
    kicker = Words(tell(say, f"kind.{kind}"))
    return Part("chain", kicker, (name,), tuple(_blocks(view, kind, of, tree)), name)


def _blocks(view: View, kind: str, of: str, tree: Node) -> Iterator[Block]:
    match kind:
        case "dilemma" | "trend":
            return index_blocks(view, tree)
        case "component":
            return component_blocks(view, tree, {part.id: part for part in tree.parts}[of])
        case "indicator":
            return indicator_blocks(view, tree)
        case "question":
            return question_blocks(view, tree)
        case "function":
            return function_blocks(view, tree)
        case "functions":
            return functions_blocks(view)
        case "measure":
            return measure_blocks(view, tree)
        case _:
            return evidence_blocks(view, tree)
