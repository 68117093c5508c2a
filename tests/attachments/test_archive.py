"""A zip is unpacked in the two ways that office programs pack, and in no other."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from app.files.archive import unpack
from app.files.kinds import Refused

WORDS = b"Hej Karen " * 200
# Where the flags stand in the record of a file and in the list at the end, and from which version on it can be read.
FLAGS_HERE, FLAGS_LISTED, VERSION_LISTED = 6, 8, 6


def packed(how: int) -> bytearray:
    out = BytesIO()
    with ZipFile(out, "w", how) as file:
        file.writestr("a.xml", WORDS)
    return bytearray(out.getvalue())


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        unpack(data)
    return refused.value.code


@pytest.mark.parametrize("how", [ZIP_STORED, ZIP_DEFLATED])
def test_what_office_programs_pack_is_unpacked(how: int) -> None:
    assert unpack(bytes(packed(how))) == {"a.xml": WORDS}


@pytest.mark.parametrize("how", [ZIP_BZIP2, ZIP_LZMA])
@pytest.mark.parametrize("whole", [True, False])
def test_another_packing_is_a_broken_file_whatever_it_holds(how: int, whole: bool) -> None:
    data = packed(how)
    data[45:60] = data[45:60] if whole else b"\xff" * 15
    assert refusal(bytes(data)) == "file_broken"


@pytest.mark.parametrize("flag", [0x20, 0x40], ids=["patched", "strongly encrypted"])
def test_what_no_reader_of_ours_knows_is_a_broken_file(flag: int) -> None:
    data = packed(ZIP_DEFLATED)
    data[FLAGS_HERE] |= flag
    data[data.index(b"PK\x01\x02") + FLAGS_LISTED] |= flag
    assert refusal(bytes(data)) == "file_broken"


def test_a_zip_of_a_later_version_is_a_broken_file() -> None:
    data = packed(ZIP_DEFLATED)
    data[data.index(b"PK\x01\x02") + VERSION_LISTED] = 99
    assert refusal(bytes(data)) == "file_broken"
