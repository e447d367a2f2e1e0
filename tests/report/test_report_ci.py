"""JUnit, SARIF and GitHub: what machines in CI read, read back by independent readers."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from factcheck.records import GateResult, Label
from factcheck.report.github import job_summary
from factcheck.report.registry import render


def test_junit_report_is_the_golden_file(report, matches_golden) -> None:
    matches_golden(render(report, "junit"), "report.junit.xml")


def test_sarif_report_is_the_golden_file(report, matches_golden) -> None:
    matches_golden(render(report, "sarif"), "report.sarif")


def test_annotations_are_the_golden_file(report, matches_golden) -> None:
    matches_golden(render(report, "github"), "report.github.txt")


def test_job_summary_is_the_golden_file(report, matches_golden) -> None:
    matches_golden(job_summary(report), "report.github-summary.md")


def test_junitparser_reads_one_case_per_claim_with_failures_where_the_gate_fails(report) -> None:
    junitparser = pytest.importorskip("junitparser")
    suites = junitparser.JUnitXml.fromstring(render(report, "junit").encode())
    cases = [case for suite in suites for case in suite]
    assert len(cases) == len(report.verdicts) + 1
    results = {case.name.split(":")[0]: [type(r).__name__ for r in case.result] for case in cases}
    assert {name for name, found in results.items() if found == ["Failure"]} == {
        "cost",
        "quote-3",
        "waiver",
    }
    assert {name for name, found in results.items() if found == ["Error"]} == {"broken"}
    assert (suites.tests, suites.failures, suites.errors) == (13, 3, 1)
    assert sum(suite.tests for suite in suites) == 13


def test_junit_holds_characters_that_xml_forbids_only_as_replacements(report) -> None:
    junitparser = pytest.importorskip("junitparser")
    claim = dataclasses.replace(report.verdicts[0].claim, text='a\x00\ud800\ufffe<&>"]]>\x0bb')
    verdict = dataclasses.replace(report.verdicts[0], claim=claim)
    text = render(dataclasses.replace(report, verdicts=(verdict,)), "junit")
    case = next(iter(next(iter(junitparser.JUnitXml.fromstring(text.encode())))))
    assert case.name == 'winter: a\ufffd<&>"]]> b'


def test_sarif_fits_the_schema_of_the_standard(report, empty) -> None:
    model = pytest.importorskip("pydantic_sarif.model")
    log = model.StaticAnalysisResultsFormatSarifVersion210JsonSchema
    for record in (report, empty):
        read = log.model_validate_json(render(record, "sarif"))
        assert read.version.value == "2.1.0"


def test_sarif_tools_counts_errors_warnings_and_notes(report, tmp_path) -> None:
    loader = pytest.importorskip("sarif.loader")
    file = tmp_path / "report.sarif"
    file.write_text(render(report, "sarif"), encoding="utf-8")
    issues = loader.load_sarif_file(str(file)).get_report()
    counts = [issues.get_issue_count_for_severity(name) for name in ("error", "warning", "note")]
    assert counts == [4, 3, 3]


def test_sarif_result_stands_on_the_line_of_its_claim(report) -> None:
    run = json.loads(render(report, "sarif"))["runs"][0]
    by_claim = {result["properties"]["claimId"]: result for result in run["results"][:-1]}
    assert "winter" not in by_claim
    cost = by_claim["cost"]
    assert (cost["ruleId"], cost["level"]) == ("contested/conflicting", "error")
    assert cost["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "claims.yaml"},
        "region": {"startLine": 7, "startColumn": 5},
    }
    assert [item["physicalLocation"]["artifactLocation"]["uri"] for item in
            cost["relatedLocations"]] == ["herald/breakwater.html", "wire/breakwater.md",
                                          "audit.pdf"]  # fmt: skip
    assert by_claim["quote-3"]["ruleId"] == "quote/altered"
    uri = by_claim["ferry"]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "drafts/ferry,%20100%25.md"
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]


def test_sarif_fingerprint_survives_a_moved_line_and_changes_with_the_words(report) -> None:
    def fingerprint(**changes) -> str:
        claim = dataclasses.replace(report.verdicts[1].claim, **changes)
        verdict = dataclasses.replace(report.verdicts[1], claim=claim)
        run = json.loads(
            render(dataclasses.replace(report, verdicts=(verdict,)), "sarif")
        )["runs"][0]  # fmt: skip
        return run["results"][0]["partialFingerprints"]["claimText/v1"]

    moved = dataclasses.replace(report.verdicts[1].claim.location, line=99)
    assert fingerprint(location=moved) == fingerprint()
    assert fingerprint(text="The breakwater cost 31 million crowns.") != fingerprint()


def test_annotations_put_gate_findings_first_and_leave_supported_claims_alone(report) -> None:
    lines = render(report, "github").splitlines()
    levels = [re.match(r"::(\w+) ", line)[1] for line in lines]
    assert levels == ["error"] * 4 + ["warning"] * 3 + ["notice"] * 3
    assert not any("Supported" in line for line in lines)
    assert lines[1].startswith("::error file=claims.yaml,line=7,col=5,title=Contested%3A cost::")


def test_no_claim_can_add_an_annotation_or_a_property_of_its_own(report) -> None:
    claim = dataclasses.replace(
        report.verdicts[3].claim,
        id="a,line=1::b",
        text="x\n::error::forged\r::set-output name=a::b %0A",
    )
    verdict = dataclasses.replace(report.verdicts[3], claim=claim)
    changed = dataclasses.replace(report, verdicts=(verdict,), gate=GateResult(passed=True))
    text = render(changed, "github")
    assert len(text.splitlines()) == 1
    assert "title=Unsupported%3A a%2Cline=1%3A%3Bb".replace("%3B", "%3A") in text
    assert "%250A" in text


def test_job_summary_stays_below_the_limit_and_says_how_many_are_left_out(report) -> None:
    verdicts = tuple(
        dataclasses.replace(
            report.verdicts[1],
            claim=dataclasses.replace(report.verdicts[1].claim, id=f"c{n}", text="words " * 60),
        )
        for n in range(3000)
    )
    text = job_summary(dataclasses.replace(report, verdicts=verdicts))
    assert len(text.encode()) < 1024 * 1024
    left = int(re.search(r"and ([\d,]+) more claims", text)[1].replace(",", ""))
    assert left + len(re.findall(r"^\| ❌", text, re.MULTILINE)) == 3000


def test_claim_review_is_the_golden_file(report, matches_golden) -> None:
    matches_golden(render(report, "claimreview"), "report.jsonld")


def test_claim_review_rates_what_was_judged_and_only_that(report) -> None:
    reviews = json.loads(render(report, "claimreview"))["@graph"]
    judged = [verdict for verdict in report.verdicts if verdict.label is not None]
    assert [review["identifier"] for review in reviews] == [v.claim.id for v in judged]
    rated = {review["identifier"]: review["reviewRating"].get("ratingValue") for review in reviews}
    assert (rated["winter"], rated["cost"], rated["opening"], rated["lighthouse"]) == (
        5,
        3,
        1,
        None,
    )
    for verdict, review in zip(judged, reviews):
        has_number = "ratingValue" in review["reviewRating"]
        assert has_number is (verdict.label is not Label.UNSUPPORTED)
