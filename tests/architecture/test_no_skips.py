"""Under CI=true a skipped test is a failed test; elsewhere it stays a skip."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

SKIPS = {
    "test_in_the_test": "import pytest\ndef test_it():\n    pytest.skip('no browser')\n",
    "test_by_a_mark": "import pytest\n@pytest.mark.skip(reason='later')\ndef test_it():\n    pass\n",
    "test_in_a_fixture": (
        "import pytest\n@pytest.fixture\ndef f():\n    pytest.skip('none')\ndef test_it(f):\n    pass\n"
    ),
    "test_whole_module": "import pytest\npytest.skip('all', allow_module_level=True)\n",
}


@pytest.mark.parametrize("name", SKIPS)
@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_skip_fails_the_run_under_ci_only(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, name: str, ci: str, code: int
) -> None:
    monkeypatch.setenv("CI", ci)
    pytester.makepyfile(**{name: SKIPS[name]}, test_other="def test_fine():\n    pass\n")
    result = pytester.runpytest_inprocess("-p", "tests.no_skips", "-p", "no:cacheprovider")
    assert (result.ret != 0) == bool(code)
    assert ("may not be skipped" in result.stdout.str()) == bool(code)


def test_a_passing_run_passes_under_ci(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    pytester.makepyfile(test_other="def test_fine():\n    pass\n")
    assert pytester.runpytest_inprocess("-p", "tests.no_skips").ret == 0
