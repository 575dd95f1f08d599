"""Create the virtual environment named on the command line, exactly as requirements.lock says."""

import subprocess
import sys
import venv
from pathlib import Path

OLDEST = (3, 11)


def main(target: Path) -> None:
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        sys.exit(f"Solde needs Python {wanted} or newer; this is {sys.version.split()[0]}.")
    python = target / "bin" / "python"
    if not python.exists():
        print(f"creating {target} …", flush=True)
        venv.create(target, with_pip=True)
    lock = Path("requirements.lock")
    uv_pin = next(line for line in lock.read_text().splitlines() if line.startswith("uv=="))
    print("installing what requirements.lock pins …", flush=True)
    _run(
        python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", uv_pin.split()[0]
    )
    install = (python, "-m", "uv", "pip", "install", "--quiet", "--python", python)
    _run(*install, "--require-hashes", "-r", lock)
    _run(*install, "--no-deps", "--editable", ".")


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True)  # noqa: S603 - our own programs


if __name__ == "__main__":
    main(Path(sys.argv[1]))
