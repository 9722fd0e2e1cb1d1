import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_tree_is_that_of_today() -> None:
    spec = importlib.util.spec_from_file_location("tree", ROOT / "packaging" / "readme_tree.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert module.updated(readme) == readme, "run python packaging/readme_tree.py"


def test_pictures_and_links_exist() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name} names {target}"
