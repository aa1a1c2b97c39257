"""The generators that are measured: Broadsheet and its peers."""

from benchmarks.peers.base import Generator, Site, Unavailable
from benchmarks.peers.broadsheet import Broadsheet
from benchmarks.peers.eleventy import Eleventy
from benchmarks.peers.hugo import Hugo
from benchmarks.peers.pelican import Pelican

__all__ = ["GENERATORS", "Generator", "Site", "Unavailable"]

GENERATORS: dict[str, type[Generator]] = {
    "broadsheet": Broadsheet,
    "hugo": Hugo,
    "eleventy": Eleventy,
    "pelican": Pelican,
}
