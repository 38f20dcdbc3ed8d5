"""Figures of options, roadmap and change with invented numbers, in English and Chinese, in several sizes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assessment.report.document import (
    ChangeBar,
    ChangeBars,
    CostFrontier,
    Figure,
    FrontierPoint,
    Roadmap,
    RoadmapBar,
)
from tests.output.sample_report import Sample

COUNTS: Final = {"frontier": (1, 2, 9, 24), "roadmap": (1, 5, 12), "change": (1, 3)}
MEASURES: Final = {
    "en": (
        "Name one owner of services and give the post a budget",
        "Put a price on every service that is given away today",
        "Connect the installed machines and agree on the data with customers",
        "Offer spare parts and maintenance under one yearly contract",
        "Bring design engineers into the first talks with service firms",
    ),
    "zh": (
        "设立一名服务负责人，并安排预算",
        "为目前免费提供的各项服务定价",
        "把已售设备联网，并与客户约定数据归属",
        "以年度合同打包提供备件与维护",
        "让设计工程师参与同服务企业的首次洽谈",
    ),
}
OWNERS: Final = {
    "en": ("Head of service", "Managing director", "", "Deputy head of sales and after-sales, region East"),
    "zh": ("服务部负责人", "总经理", "", "华东区销售与售后服务副总监（兼）"),
}
KINDS: Final = ("quick", "quick", "build", "strategic")
POINT_WORDS: Final = {
    "en": {
        "plan": "The plan: 5 measures, enough even if every effect is at its minimum",
        "first": "Without the connected machines",
        "second": "Two measures fewer, one more year",
        "nothing": "Do nothing",
        "value": "{cost:g} % of revenue · {left:g} points left",
    },
    "zh": {
        "plan": "本计划：5 项措施，即使各项效果都取下限也足够",
        "first": "不做设备联网",
        "second": "少做两项，推迟一年",
        "nothing": "什么都不做",
        "value": "占营业收入 {cost:g}%，还差 {left:g} 分",
    },
}
FRAME: Final = {
    "en": ("Cost, % of one year’s revenue", "Points above the goal, all dilemmas together", "Goal reached"),
    "zh": ("费用（占一年营业收入的百分比）", "三项困境合计高出目标的分数", "达到目标"),
}
DATES: Final = {
    "en": ("12 March 2025", "20 November 2026", "less severe", "more severe", "no change shown"),
    "zh": ("2025年3月12日", "2026年11月20日", "减轻", "加重", "未见变化"),
}


def frontier(count: int, language: str = "en") -> CostFrontier:
    """`count` points from doing nothing to the goal; from four on, the plan and two rivals are named."""
    points = [
        FrontierPoint(round(12 * n / count, 1), round(28 * (1 - n / max(count - 1, 1)) ** 2, 1), "")
        for n in range(count)
    ]
    names = {0: ("nothing", "nothing")}
    if count > 1:
        names[count - 1] = ("plan", "plan")
    if count > 3:
        names |= {count - 2: ("runner_up", "first"), count - 3: ("runner_up", "second")}
    named = [_named(point, names.get(n), language) for n, point in enumerate(points)]
    return CostFrontier(tuple(reversed(named)), *FRAME[language])


def _named(point: FrontierPoint, name: tuple[str, str] | None, language: str) -> FrontierPoint:
    said = POINT_WORDS[language]
    value = said["value"].format(cost=point.cost, left=point.left)
    if name is None:
        return replace(point, value_label=value)
    return replace(point, kind=name[0], label=said[name[1]], value_label=value)


def roadmap(count: int, language: str = "en", quarters: int = 12) -> Roadmap:
    """`count` measures over `quarters` quarters, one beginning after another, some with long owners."""
    words = dict(zip(("quick", "build", "strategic"), Sample(language).many("kinds"), strict=True))
    bars = []
    for n in range(count):
        start, kind = n * (quarters - 2) / 12, KINDS[n % len(KINDS)]
        end = min(start + 1 + n % 4 * 1.5, quarters)
        label = MEASURES[language][n % len(MEASURES[language])]
        bars.append(RoadmapBar(label, start, end, OWNERS[language][n % 4], words[kind], kind))
    return Roadmap(tuple(bars), tuple(_quarter(n, language) for n in range(quarters)))


def _quarter(number: int, language: str) -> str:
    year, quarter = 2027 + number // 4, number % 4 + 1
    return f"{year}年{quarter}季度" if language == "zh" else f"Q{quarter} {year}"


def change(count: int, language: str = "en") -> ChangeBars:
    """Up to three dilemmas: one better, one not shown to have changed, one worse."""
    sample = Sample(language)
    before, after, better, worse, same = DATES[language]
    bars = (
        ChangeBar("", 78, 70, 84, 47, 41, 56, "78 → 47", better, "better"),
        ChangeBar("", 55, 44, 66, 51, 42, 60, "55 → 51", same, "not_shown"),
        ChangeBar("", 22, 18, 27, 29, 28, 33, "22 → 29", worse, "worse"),
    )
    named = tuple(replace(bar, label=name) for bar, name in zip(bars, sample.many("dilemmas"), strict=True))
    levels = tuple(sample.many("levels"))
    return ChangeBars(named[:count], (25, 50, 75), levels, before, after, sample.w("severity"))


def sample(kind: str, language: str = "en", count: int | None = None) -> Figure:
    """A figure of a kind with so many points or rows; without a number, with as many as there can be."""
    made = {"frontier": frontier, "roadmap": roadmap, "change": change}[kind]
    figure: Figure = made(COUNTS[kind][-1] if count is None else count, language)
    return figure
