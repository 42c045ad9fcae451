"""Others' files in the site: exactly those that vendor.py lists, unchanged, with their licenses."""

from hashlib import sha256

from gradproof_docs.vendor import LIST, PACKAGES, STATIC

OWN = {"favicon.svg", "site.css", "site.js", LIST}


def test_the_files_are_those_listed_and_unchanged() -> None:
    lines = (STATIC / LIST).read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ")) for line in lines if not line.startswith("#"))
    found = {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.is_file()}
    assert {name: sha256(found[name].read_bytes()).hexdigest() for name in found.keys() - OWN} == listed


def test_versions_and_licenses_are_told() -> None:
    told = (STATIC / LIST).read_text(encoding="utf-8")
    for package in PACKAGES:
        assert f"# {package.name} {package.version} ({package.license}) {package.integrity}" in told
    assert "Apache License" in (STATIC / "mathjax4/LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (STATIC / "inter/LICENSE").read_text(encoding="utf-8")
