import struct

from razpis.documents.srgb import srgb_profile


def tags(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = (struct.unpack_from(">4sII", profile, 132 + 12 * index) for index in range(count))
    return {name: profile[start : start + size] for name, start, size in entries}


def test_the_header_says_a_version_2_rgb_display_profile_of_its_own_size():
    profile = srgb_profile()
    assert struct.unpack_from(">I", profile) == (len(profile),)
    assert profile[8:24] == b"\x02\x10\x00\x00mntrRGB XYZ "
    assert profile[36:40] == b"acsp"


def test_the_tone_curve_runs_from_black_to_white_over_the_values_of_the_standard():
    curve = struct.unpack(">I256H", tags(srgb_profile())[b"gTRC"][8:])
    assert curve[0] == 256
    assert (curve[1], curve[-1]) == (0, 65535)
    # IEC 61966-2-1: encoded 0.5019608 is linear 0.2158605, encoded 0.0392157 is linear 0.0030353
    assert (curve[1 + 128], curve[1 + 10]) == (round(0.2158605 * 65535), round(0.0030353 * 65535))


def test_the_primaries_add_up_to_the_white_point():
    found = tags(srgb_profile())
    columns = [struct.unpack(">3i", found[name][8:]) for name in (b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt")]
    for red, green, blue, white in zip(*columns, strict=True):
        assert abs(red + green + blue - white) <= 16  # of 65536: the published primaries have five decimals
