"""The least that placing firms costs: the formulas of the edition written out by hand in plain numpy.

Low and high ends of the three dilemmas and the levels they fall in, for one chunk of columns, with sums in
a fixed order. No point score, coverage, reasons or bounds for "not applicable"; anchors, weights, size rules
and cuts are the edition's. `tests.bench` first checks that the engine's bounds are the same.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assessment.evaluation.columns import ChoiceColumn, Columns, NumberColumn
from assessment.evaluation.values import UNBOUNDED
from assessment.model.edition import Edition

Array = np.ndarray
Pair = tuple[Array, Array]  # low and high end

NOT_DONE, INSIDE, BOTH = 1, 2, 3  # codes of mtx_mode


class Floor:
    """One chunk of firms. `point`: one pass over the low ends only, as if every answer were known."""

    def __init__(self, edition: Edition, columns: Columns, *, point: bool = False) -> None:
        self.edition, self.columns, self.point = edition, columns, point
        self.rows = columns.rows
        self.severities: dict[tuple[str, tuple[float, ...]], Pair] = {}

    # --- answers -----------------------------------------------------------------------------

    def number(self, name: str) -> Pair:
        column = self.columns.fields[name]
        assert isinstance(column, NumberColumn)
        return (column.low, column.low) if self.point else (column.low, column.high)

    def codes(self, name: str) -> Array:
        column = self.columns.fields[name]
        assert isinstance(column, ChoiceColumn)
        return column.codes

    def both(self, formula, *pairs: Pair) -> Pair:
        """A formula that rises with every pair."""
        low = formula(*(p[0] for p in pairs))
        return (low, low) if self.point else (low, formula(*(p[1] for p in pairs)))

    # --- the matrix of functions -------------------------------------------------------------

    def matrix(self) -> dict[str, Pair]:
        """I02, I03S, I05, I06, I19 and I26, and where they have no value."""
        cost, staff = self.number("fin_opcost"), self.number("fin_inputs")
        own_cost = self.minus(cost, staff)
        loaded = self.ratio(own_cost, self.number("prf_headcount"))
        loaded_known = ~self.open("fin_opcost") & ~self.open("fin_inputs") & ~self.open("prf_headcount")
        zero = np.zeros(self.rows)
        spend, support_in, support_out = (zero, zero), (zero, zero), (zero, zero)
        counts = {name: np.zeros((4, self.rows), dtype=np.int8) for name in ("I05", "I06", "I19")}
        micro_may, micro_must = self.micro()
        for row in self.edition.rows["functions"]:
            mode = self.codes(f"mtx_mode.{row}")
            unsure = mode == -1
            inside = ((mode >= INSIDE) & (mode <= BOTH)) | unsure
            outside = (mode >= BOTH) | unsure
            own = self.own_effort(row, inside, loaded, loaded_known)
            bought = self.masked(self.number(f"mtx_out.{row}"), outside)
            ours, theirs = self.shared(row, bought, outside)
            spend = self.plus(spend, self.plus(own, bought))
            core = self.codes(f"mtx_core.{row}")
            core = np.where(core == -3, self.default_core(row), core)
            must, may = core == 1, (core == 1) | (core == -1)
            support_in = self.plus(support_in, self.guarded(self.plus(own, ours), must, may))
            support_out = self.plus(support_out, self.guarded(theirs, must, may))
            self.count(counts, row, mode, unsure, micro_may, micro_must)
        base = self.plus(own_cost, self.number("fin_inputs_services"))
        twice = self.both(lambda s: 2.0 * s, spend)
        return {
            "I02": self.percent(self.ratio(spend, base), base[1] <= 0),
            "I03S": self.percent(*self.share(support_out, support_in)),
            "I26": self.percent(*self.share(self.number("con_unfunded.amount"), twice)),
            **{name: self.percent(*self.share_of_rows(c)) for name, c in counts.items()},
        }

    def default_core(self, row: str) -> np.int8:
        return np.int8(0 if row in ("RND", "DES", "SAL") else 1)

    def own_effort(self, row: str, asked: Array, loaded: Pair, loaded_known: Array) -> Pair:
        money = self.masked(self.number(f"mtx_in.{row}"), asked)
        if self.point:
            return money
        posts = self.masked(self.number(f"mtx_in.{row}.fte"), asked)
        no_money, no_posts = self.open(f"mtx_in.{row}") & asked, self.open(f"mtx_in.{row}.fte") & asked
        use = no_money & ~no_posts & loaded_known
        use = use | (no_money & (posts[0] == 0) & (posts[1] == 0))
        worth = self.both(lambda p, c: p * c, posts, loaded)
        return np.where(use, worth[0], money[0]), np.where(use, worth[1], money[1])

    def shared(self, row: str, bought: Pair, asked: Array) -> tuple[Pair, Pair]:
        """What is bought from the own group, and from others."""
        group = self.codes(f"mtx_out.{row}.own_group")
        yes, unsure = (group == 1) & asked, (group == -1) & asked
        zero = 0.0
        ours = np.where(yes, bought[0], zero), np.where(yes | unsure, bought[1], zero)
        theirs = np.where(yes | unsure, zero, bought[0]), np.where(yes, zero, bought[1])
        return ours, theirs

    def count(self, counts, row, mode, unsure, micro_may, micro_must) -> None:
        """Sure hits, sure misses, possible hits and possible misses of the three shares of rows."""
        needed, maybe = mode >= NOT_DONE, (mode >= NOT_DONE) | unsure
        quality_low, quality_high = self.number(f"mtx_quality.{row}")
        asked_may = (mode >= INSIDE) | unsure
        weak_must = (mode == INSIDE) & (quality_high <= 1) & asked_may
        weak_may = ((mode == INSIDE) | unsure) & (quality_low <= 1) & asked_may
        small = row in ("FIN", "HRM", "LEG")
        in_must = needed & ~micro_may if small else needed
        in_may = maybe & ~micro_must if small else maybe
        reach = self.codes(f"int_reach.{row}")
        yes, unasked = reach == 0, (reach == -1) | (reach == -3)
        may_reach = (yes | unasked) & maybe
        for name, hit_must, hit_may, of_must, of_may in (
            ("I05", weak_must, weak_may, in_must, in_may),
            ("I06", mode == NOT_DONE, (mode == NOT_DONE) | unsure, needed, maybe),
            ("I19", yes & maybe, may_reach, needed, maybe),
        ):
            tally = counts[name]
            tally[0] += of_must & hit_must
            tally[1] += of_must & ~hit_may
            tally[2] += of_may & hit_may
            tally[3] += of_may & ~hit_must

    def share_of_rows(self, tally: Array) -> tuple[Pair, Array]:
        sure_hit, sure_miss, may_hit, may_miss = tally.astype(np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            low = np.where(sure_hit + may_miss > 0, sure_hit / (sure_hit + may_miss), (may_hit > 0) * 1.0)
            high = np.where(may_hit + sure_miss > 0, may_hit / (may_hit + sure_miss), 0.0)
        return (low, high), (may_hit + may_miss) == 0

    # --- arithmetic --------------------------------------------------------------------------

    def open(self, name: str) -> Array:
        column = self.columns.fields[name]
        assert isinstance(column, NumberColumn)
        return np.zeros(self.rows, dtype=bool) if column.open is None else column.open

    def masked(self, pair: Pair, where: Array) -> Pair:
        return self.both(lambda x: np.where(where, x, 0.0), pair)

    def guarded(self, pair: Pair, must: Array, may: Array) -> Pair:
        low = np.where(must, pair[0], np.where(may, np.minimum(pair[0], 0.0), 0.0))
        return low, np.where(must, pair[1], np.where(may, np.maximum(pair[1], 0.0), 0.0))

    def plus(self, *pairs: Pair) -> Pair:
        def total(*arrays: Array) -> Array:
            out = arrays[0]
            for array in arrays[1:]:
                out = out + array
            return out

        return self.both(total, *pairs)

    def minus(self, a: Pair, b: Pair) -> Pair:
        low = a[0] - b[1]
        return (low, low) if self.point else (low, a[1] - b[0])

    def ratio(self, over: Pair, under: Pair) -> Pair:
        small = np.maximum(under[0], 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            low = np.where(over[0] >= 0, over[0] / under[1], np.where(small > 0, over[0] / small, -UNBOUNDED))
            if self.point:
                return low, low
            high = np.where(small > 0, over[1] / small, np.where(over[1] > 0, UNBOUNDED, 0.0))
            high = np.where(over[1] >= 0, high, over[1] / under[1])
        return low, np.minimum(high, UNBOUNDED)

    def share(self, part: Pair, rest: Pair) -> tuple[Pair, Array]:
        with np.errstate(invalid="ignore", divide="ignore"):
            low, high = part[0] + rest[1], part[1] + rest[0]
            pair = np.where(low > 0, part[0] / low, 1.0), np.where(high > 0, part[1] / high, 0.0)
        return pair, part[1] + rest[1] <= 0

    def percent(self, pair: Pair, gone: Array | None = None) -> tuple[Pair, Array | None]:
        return self.both(lambda x: np.minimum(np.maximum(100.0 * x, 0.0), 100.0), pair), gone

    def split(self, question: str, weights: Mapping[str, float]) -> Pair:
        parts = [(self.number(f"{question}.{part}"), weight) for part, weight in weights.items()]
        return self.filled(sorted(parts, key=lambda p: p[1])), self.filled(sorted(parts, key=lambda p: -p[1]))

    def filled(self, parts) -> Array:
        rest = np.maximum(100.0 - self.plus(*(p for p, _ in parts))[0], 0.0)
        total = parts[0][0][0] * parts[0][1]
        for pair, weight in parts[1:]:
            total = total + pair[0] * weight
        for pair, weight in parts:
            given = np.minimum(rest, pair[1] - pair[0])
            total, rest = total + given * weight, rest - given
        return total / 100.0

    # --- size --------------------------------------------------------------------------------

    def classes(self) -> list[tuple[Array, Array]]:
        """For micro, small, medium and large: may be, must be."""
        regime, people, revenue = (
            self.codes("prf_regime.regime"),
            self.number("prf_headcount"),
            self.number("fin_revenue"),
        )
        factor = np.array(list(map(float, self.edition.money_units.values())))[self.codes("prf_period.unit")]
        unit_known = self.codes("prf_period.unit") >= 0
        currency, group = self.codes("prf_period.currency"), self.codes("prf_regime.group")
        whole = self.both(np.maximum, people, self.number("prf_regime.group_headcount"))
        joined = self.both(lambda a, b: np.where(group == 1, a, b), whole, people)
        sizes = self.edition.sizes
        assert sizes is not None
        code = np.full(self.rows, -1, dtype=np.int8)
        for number, rules in enumerate(sizes.regimes.values()):
            many = joined if rules.group_counts else people
            same = (
                unit_known & (currency == ("CNY", "EUR").index(rules.currency)) if rules.currency else False
            )
            found = np.zeros(self.rows, dtype=np.int8)
            for step, bound in enumerate(reversed(rules.bounds[:-1]), 1):
                must, may = many[0] >= bound.headcount, many[1] >= bound.headcount
                if bound.revenue is not None:
                    reach = np.greater if rules.strictly else np.greater_equal
                    join = np.logical_or if rules.any_bound else np.logical_and
                    rich_must, rich_may = (
                        reach(revenue[0] * factor, bound.revenue),
                        reach(revenue[1] * factor, bound.revenue),
                    )
                    must = np.where(same, join(must, rich_must), must)
                    may = np.where(same, join(may, rich_may), may)
                found = np.where(must, np.int8(step), np.where(may, np.int8(-1), found))
            code = np.where(regime == number, found, code)
        self.size = code
        return [((code == n) | (code == -1), code == n) for n in range(4)]

    def micro(self) -> tuple[Array, Array]:
        self.by_class = self.classes()
        return self.by_class[0]

    # --- indicators and dilemmas -------------------------------------------------------------

    def indicators(self) -> dict[str, tuple[Pair, Array | None]]:
        out = self.matrix()
        service, inputs = self.number("fin_inputs_services"), self.number("fin_inputs")
        out["I01"] = self.percent(self.ratio(service, inputs), inputs[1] <= 0)
        rd = self.plus(self.number("fin_rd_in"), self.number("fin_rd_out"))
        revenue = self.number("fin_revenue")
        effort = self.both(lambda x: 100.0 * x, self.ratio(rd, revenue))
        out["I07R"] = (
            self.both(lambda x: np.clip(x, 0.0, 200.0), self.ratio(effort, self.reference())),
            revenue[1] <= 0,
        )
        out["I10"] = self.split("chn_mix", {"oem": 100.0, "odm": 50.0, "own": 0.0}), None
        out["I12"] = self.control(), None
        out["I13"] = self.stages(), None
        forms = {
            "spot": 0.0,
            "price_list": 30.0,
            "service_levels": 60.0,
            "joint_development": 85.0,
            "shared_gain": 100.0,
        }
        out["I17F"] = self.split("int_forms", forms), None
        allies = [self.number(f"int_alliance.{row}") for row in self.edition.rows["alliances"]]
        out["I17A"] = self.both(lambda a, b, c: 25.0 * np.maximum(np.maximum(a, b), c), *allies), None
        out["I17J"] = self.both(lambda x: 25.0 * x, self.number("int_joint")), None
        market = self.number("int_market")
        out["I25"] = (100.0 - market[1], 100.0 - market[0]), ~self.by_class[3][0]
        for name, field in (
            ("I09", "fin_newrev"),
            ("I20", "chn_win.price"),
            ("I21", "chn_top1"),
            ("I24", "fin_gm"),
            ("I27", "chn_tech"),
        ):
            out[name] = self.number(field), None
        return out

    def reference(self) -> Pair:
        formula = self.edition.indicators["I07R"].formula
        values = np.array([v for _, v in formula.under.terms[0].values])  # type: ignore[union-attr]
        sector = self.codes("prf_sector")
        known = np.maximum(values[sector], 0.5)
        unknown = sector == -1
        return np.where(unknown, max(values.min(), 0.5), known), np.where(unknown, values.max(), known)

    def control(self) -> Pair:
        codes = [self.codes(f"chn_control.{row}") for row in self.edition.rows["control"]]
        points = np.array([100.0, 50.0, 0.0])
        low = [np.where(c == -1, 0.0, points[c]) for c in codes]
        high = [np.where(c == -1, 100.0, points[c]) for c in codes]
        return self.plus(*((x, x) for x in low))[0] / 6, self.plus(*((x, x) for x in high))[0] / 6

    def stages(self) -> Pair:
        low, high = np.zeros(self.rows, dtype=np.int8), np.zeros(self.rows, dtype=np.int8)
        for row in self.edition.rows["stages"]:
            code = self.codes(f"chn_stages.{row}")
            held = (code == 0) | (code == 1)
            low += held
            high += held | (code == -1)
        return low.astype(np.float64), high.astype(np.float64)

    def place(self) -> dict[str, tuple[Array, Array, Array, Array]]:
        """Low and high end and their levels, by dilemma."""
        found = self.indicators()
        large, open_ = self.size == 3, self.size == -1
        return {d: self.dilemma(d, found, large, open_) for d in self.edition.dilemmas}

    def dilemma(self, name, found, large, open_):
        sme = self.mixed(name, found, "sme")
        big = self.mixed(name, found, "large")
        low = np.where(large, big[0], np.where(open_, np.minimum(sme[0], big[0]), sme[0]))
        high = np.where(large, big[1], np.where(open_, np.maximum(sme[1], big[1]), sme[1]))
        cuts = self.edition.placement.cuts
        return low, high, *(sum((np.round(x, 9) >= cut).astype(np.int8) for cut in cuts) for x in (low, high))

    def mixed(self, name: str, found, chosen: str) -> Pair:
        index = self.edition.indexes[name]
        parts, weights, kept, total = [], [], np.zeros(self.rows), 0.0
        for component in index.components:
            pair, gone = found[component.indicator]
            weight = component.weights[chosen]
            own = np.full(self.rows, weight) if gone is None else np.where(gone, 0.0, weight)
            key = component.id, component.anchors[chosen]
            if key not in self.severities:  # most components have the same anchors for every size
                self.severities[key] = self.severity(
                    pair, component.anchors[chosen], np.array(component.scores)
                )
            parts.append(self.severities[key])
            weights.append(own)
            kept, total = kept + own, total + weight
        safe = np.where(kept > 0, kept, 1.0)
        weights = [w / safe for w in weights]
        low = self.blend([p[0] for p in parts], weights, index.worst_share)
        high = low if self.point else self.blend([p[1] for p in parts], weights, index.worst_share)
        short = kept < 0.5 * total
        return np.where(short, 0.0, low), np.where(short, 100.0, high)

    def severity(self, pair: Pair, anchors, scores: Array) -> Pair:
        if anchors[0] < anchors[-1]:
            return self.both(lambda x: np.interp(x, anchors, scores), pair)
        low, high = self.both(lambda x: np.interp(x, anchors[::-1], scores[::-1]), pair)
        return high, low

    def blend(self, parts: list[Array], weights: list[Array], share: float) -> Array:
        mean, worst = parts[0] * weights[0], np.where(weights[0] > 0, parts[0], 0.0)
        for part, weight in zip(parts[1:], weights[1:], strict=True):
            mean = mean + part * weight
            worst = np.maximum(worst, np.where(weight > 0, part, 0.0))
        return (1.0 - share) * mean + share * worst
