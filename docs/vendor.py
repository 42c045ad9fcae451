"""Copies what the site's pages load of others into `_static`: `python -m gradproof_docs.vendor`, in a clone, with npm.

The copies are committed: building the site needs neither npm nor a network. Each package is pinned by the hash its
registry publishes; `vendored.txt` says what came from where, under which license, and the hash of every file.
"""

from __future__ import annotations

import subprocess
import tarfile
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from hashlib import sha256, sha512
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

STATIC = Path(__file__).parent / "_static"
LIST = "vendored.txt"


@dataclass(frozen=True)
class Package:
    """One npm package: its pin, its license, and (pattern of its files, folder below `_static`) of what is taken."""

    name: str
    version: str
    integrity: str
    license: str
    taken: tuple[tuple[str, str], ...]


PACKAGES = (
    Package(
        "mathjax",
        "4.1.3",
        "sha512-BN/8Pkgn7G1pIDYJqd9md+JHsE/jydSYbyOZnSdSA0WziuVO8mRxdYiWFumkVVly/8U+hm9DpIIoWuvySverzw==",
        "Apache-2.0",
        (("LICENSE", "mathjax4"), ("tex-chtml.js", "mathjax4"), ("a11y/assistive-mml.js", "mathjax4/a11y")),
    ),
    Package(
        "@mathjax/mathjax-newcm-font",
        "4.1.3",
        "sha512-gzAB3dFHilHX1l5x2xUqRL+1jDQt3Fyza1DkEMVXWC4E8SvsGdlgEza47HYi2WhVcgfkvf4zgUGzuhbq3Pjlew==",
        "Apache-2.0",  # the package carries no text of it: that of mathjax is the same
        (
            ("chtml/woff2/*.woff2", "mathjax4/newcm/chtml/woff2"),
            ("chtml/dynamic/*.js", "mathjax4/newcm/chtml/dynamic"),
        ),
    ),
    Package(
        "@fontsource-variable/inter",
        "5.3.0",
        "sha512-OupL48va4JNofb97w6NYeF9S7W/kHNKM0Er8Dem5nqi4jeOLrVJDoE8tZEpnMJmtkvNbB1EIPPwHcdkF6b1oUA==",
        "OFL-1.1",
        (
            ("LICENSE", "inter"),
            ("files/inter-latin-wght-normal.woff2", "inter"),
            ("files/inter-latin-wght-italic.woff2", "inter"),
            ("files/inter-greek-wght-normal.woff2", "inter"),
        ),
    ),
)


def pack(package: Package, folder: Path) -> Path:
    """The package's archive, fetched by npm into the folder.

    Raises ValueError where its hash is not the pinned one.
    """
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    archive = folder / subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()
    integrity = f"sha512-{b64encode(sha512(archive.read_bytes()).digest()).decode()}"
    if integrity != package.integrity:
        raise ValueError(f"{package.name} {package.version}: hash {integrity}, not the pinned one; take none of it")
    return archive


def members(archive: Path, package: Package) -> Iterator[tuple[str, bytes]]:
    """(place below `_static`, content) of each file taken from the archive."""
    with tarfile.open(archive) as opened:
        for member in opened.getmembers():
            path = PurePosixPath(member.name).relative_to("package")
            for pattern, folder in package.taken:
                content = opened.extractfile(member) if fnmatch(str(path), pattern) else None
                if content is not None:
                    yield f"{folder}/{path.name}", content.read()


def listed(contents: dict[str, bytes]) -> str:
    """The text of `vendored.txt`: packages with versions and licenses, then hash and place of each file."""
    packages = (f"# {each.name} {each.version} ({each.license}) {each.integrity}" for each in PACKAGES)
    files = (f"{sha256(content).hexdigest()}  {place}" for place, content in sorted(contents.items()))
    return "\n".join(("# Written by vendor.py: others' files, unchanged.", *packages, *files, ""))


def vendor(static: Path = STATIC) -> None:
    """Writes every file taken, and the list of them, below the folder."""
    contents: dict[str, bytes] = {}
    with TemporaryDirectory() as folder:
        for package in PACKAGES:
            contents.update(members(pack(package, Path(folder)), package))
    for place, content in contents.items():
        (static / place).parent.mkdir(parents=True, exist_ok=True)
        (static / place).write_bytes(content)
    (static / LIST).write_text(listed(contents), encoding="utf-8")


if __name__ == "__main__":
    vendor()
