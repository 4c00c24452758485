"""Which IP addresses belong to the open internet."""

import pytest

from midjourney.reach import is_public, resolve

PRIVATE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808", "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "localhost", "127.1", "0x7f.1",
    "2130706433", "168.63.129.16", "::ffff:168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254",
    "0177.0.0.1", "0x7f000001", "127.0.0.1.", "①②⑦.⓪.⓪.①", "١٢٧.٠.٠.١", "::ffff:7f00:1", "[::1]", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_none_of_it_however_it_is_written(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is(address):
    assert is_public(address)


async def test_the_system_looks_names_up_without_blocking():
    assert await resolve("127.0.0.1", 80) == ["127.0.0.1"]
    assert not any(map(is_public, await resolve("localhost", 80)))
