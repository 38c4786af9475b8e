"""What pyproject.toml can't say: the staff's handbook lies in docs/handbok/ and goes along in the package."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

CHAPTERS = Path("docs/handbok")
PACKED = Path("lykta/desk/handbok")


class WithHandbook(build_py):
    """Copies the chapters beside the module that shows them."""

    def run(self) -> None:
        super().run()
        for chapter in sorted(CHAPTERS.glob("*.md")):
            target = Path(self.build_lib) / PACKED / chapter.name
            self.mkpath(str(target.parent))
            self.copy_file(str(chapter), str(target))


setup(cmdclass={"build_py": WithHandbook})
