"""Check the report of the main job: every claim judged, the two leading claims as they must be."""

import json
import sys
from pathlib import Path

MUST = {
    "Turkey recognised Kosovo on 18 Feb 2008": "supported",
    "NATO strikes killed over 2,500": "contested",
}

report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
labels = {verdict["claim"]: verdict["label"] for verdict in report["verdicts"]}
wrong = [
    f"{claim}: {labels.get(claim)}" for claim, label in MUST.items() if labels.get(claim) != label
]
if wrong or report["counts"]["failed"]:
    sys.exit("the main job went wrong: " + "; ".join(wrong) + str(report["counts"]))
print("main job from the wheel:", report["counts"])
