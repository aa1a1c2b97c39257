"""Images as readers and their browsers get them: size, widths, no metadata; each made once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image, ImageCms

from generator.commands.cli import main
from tests.pictures import camera_data, encoded, image, opened, photo, picture
from tests.published import Published, article, attempt, publish, rebuild
from tests.sites import SITE, File, write

FOLDER = "content/articles/2026-11-20-tea"
TEA = f"{FOLDER}/index.md"
SHOWN = "Words.\n\n![A cup of tea](cup.jpg)\n"
SECRETS = (b"Secret", b"Exif", b"http://ns.adobe.com", b"Photoshop")


def tea(body: str = SHOWN, *more: str) -> str:
    return article("Tea", "2026-11-20", *more, body=body)


def with_cup(cup: bytes, body: str = SHOWN, more: str = "") -> dict[str, File]:
    return {TEA: tea(body), f"{FOLDER}/cup.jpg": cup, "site.yaml": SITE + more}


def shown(site: Published, path: str = "/articles/tea/") -> Any:
    """The first image of a page's body."""
    return site.page(path).find(".//div[@class='body']//img")


def candidates(img: Any) -> dict[str, str]:
    """The addresses in an image's srcset, by their widths."""
    pairs = (each.rsplit(" ", 1) for each in img.get("srcset").split(", "))
    return {width: address for address, width in pairs}


def images(site: Published) -> dict[str, bytes]:
    """Every published image file, by its path."""
    ends = (".jpg", ".png", ".webp", ".gif", ".avif")
    return {path: data for path, data in site.files().items() if path.endswith(ends)}


@pytest.fixture(scope="module")
def telephone(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A newsletter with a photograph of twelve million pixels, taken upright, with its place."""
    site = tmp_path_factory.mktemp("telephone")
    more = "image: {src: cup.jpg, alt: A cup}"
    files = {TEA: tea(SHOWN, more), f"{FOLDER}/cup.jpg": photo(4000, 3000, orientation=6)}
    return publish(site, files)


def test_a_photograph_is_shown_upright_in_widths_for_every_screen(telephone: Published) -> None:
    img = shown(telephone)
    assert (img.get("width"), img.get("height")) == ("1200", "1600")
    assert (img.get("loading"), img.get("decoding")) == ("lazy", "async")
    assert img.get("sizes")
    widths = candidates(img)
    assert list(widths) == ["480w", "800w", "1200w", "1600w", "2400w"]
    for width, address in widths.items():
        found = opened(telephone.bytes(address.lstrip("/")))
        assert found.format == "WEBP"
        assert found.size == (int(width[:-1]), round(int(width[:-1]) * 4 / 3))
    fallback = opened(telephone.bytes(img.get("src").lstrip("/")))
    assert (fallback.format, fallback.size) == ("JPEG", (1200, 1600))


def test_a_photograph_that_was_held_sideways_is_turned(telephone: Published) -> None:
    source = opened(photo(4000, 3000, orientation=6))
    upright = source.transpose(Image.Transpose.ROTATE_270).resize((30, 40))
    for path, data in images(telephone).items():
        found = opened(data).convert("RGB").resize((30, 40))
        for corner in ((2, 2), (27, 2), (2, 37), (27, 37)):
            pairs = zip(found.getpixel(corner), upright.getpixel(corner), strict=True)
            assert all(abs(one - other) < 24 for one, other in pairs), (path, corner)


def test_no_published_file_says_where_a_photograph_was_taken(telephone: Published) -> None:
    found = images(telephone)
    assert len(found) == 7
    for path, data in found.items():
        assert not opened(data).getexif(), path
    for path, data in telephone.files().items():
        assert not any(secret in data for secret in SECRETS), path


def test_the_picture_at_the_head_is_loaded_first_and_told_to_others(telephone: Published) -> None:
    page = telephone.page("/articles/tea/")
    lead = page.find(".//figure[@class='lead-image']/img")
    assert (lead.get("fetchpriority"), lead.get("loading")) == ("high", None)
    assert (lead.get("width"), lead.get("height")) == ("1200", "1600")
    assert len(candidates(lead)) == 5
    meta = {each.get("property"): each.get("content") for each in page.iterfind(".//meta")}
    assert meta["og:image"] == f"https://letter.example{lead.get('src')}"
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "1600")


@pytest.mark.parametrize("feed", ["feed.xml", "feed.atom"])
def test_feeds_get_one_file_of_each_image(telephone: Published, feed: str) -> None:
    content = telephone.feed(feed).entries[0].content[0].value
    src = shown(telephone).get("src")
    assert content.count(f'src="https://letter.example{src}"') == 2
    assert (content.count('width="1200"'), content.count('height="1600"')) == (2, 2)
    assert "srcset" not in content


def test_a_second_build_processes_no_image_again(tmp_path: Path) -> None:
    def processed() -> str:
        told = CliRunner().invoke(main, ["build", "--site", str(tmp_path), "--jobs", "1"])
        assert told.exit_code == 0, told.output
        summary = told.output.strip().splitlines()[-1]
        return (
            summary.partition(" processed")[0].rpartition(", ")[2] if "processed" in summary else ""
        )

    write(tmp_path, with_cup(photo(1000, 700, orientation=3)))
    assert processed() == "4 images"
    assert processed() == ""
    shutil.rmtree(tmp_path / "output")
    assert processed() == ""
    (tmp_path / TEA).write_text(tea(SHOWN + "More words.\n"))
    assert processed() == ""
    (tmp_path / FOLDER).rename(tmp_path / "content/articles/2026-11-20-cocoa")
    assert processed() == ""
    (tmp_path / "site.yaml").write_text(SITE + "images: {widths: [320, 480]}\n")
    assert processed() == "1 image"


def test_what_is_kept_of_images_is_what_is_published(tmp_path: Path) -> None:
    publish(tmp_path, with_cup(photo(1000, 700)))
    kept = tmp_path / ".broadsheet/images"
    assert len(list(kept.iterdir())) == 4
    (tmp_path / TEA).write_text(tea("Words.\n"))
    rebuild(tmp_path)
    assert len(list(kept.iterdir())) == 1


@pytest.mark.parametrize("harm", ["lost", "damaged"])
def test_what_is_kept_of_images_may_be_lost_or_damaged(tmp_path: Path, harm: str) -> None:
    first = publish(tmp_path, with_cup(photo(600, 400))).files()
    shutil.rmtree(tmp_path / "output")
    kept = tmp_path / ".broadsheet/images"
    for path in kept.iterdir():
        path.write_bytes(b"damaged")
    if harm == "lost":
        shutil.rmtree(kept)
    assert rebuild(tmp_path).files() == first


def test_one_process_and_two_make_the_same_bytes(tmp_path: Path) -> None:
    files = with_cup(photo(900, 600, orientation=8)) | {
        f"content/images/{name}.png": image("PNG", 500 + name, 400) for name in range(4)
    }
    files[TEA] = tea(SHOWN + "".join(f"![No. {name}](/images/{name}.png)\n" for name in range(4)))
    one = publish(tmp_path / "one", files, jobs=1).files()
    assert publish(tmp_path / "two", files, jobs=2).files() == one


def palette() -> bytes:
    return encoded(picture(64, 48).quantize(16), "PNG")


def profiled() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return image("JPEG", icc_profile=profile, exif=camera_data(1))


def moving(form: str) -> bytes:
    frames = [picture(40, 30).rotate(angle) for angle in (0, 90, 180)]
    return encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=90)


def commented() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "SecretNote")
    return image("PNG", pnginfo=info, exif=camera_data(1))


def talkative(gif: bytes) -> bytes:
    """A GIF with a comment, and with XMP as programs write it, past which its last bytes lead."""
    head = 13 + (3 << (gif[10] & 7) + 1 if gif[10] & 0x80 else 0)
    note = b"\x21\xfe\x0aSecretNote\x00"
    xmp = b"<x:xmpmeta xmlns:x='http://ns.adobe.com/'>SecretPlace</x:xmpmeta>"
    magic = bytes((1, *range(255, -1, -1), 0))
    return gif[:head] + note + b"\x21\xff\x0bXMP DataXMP" + xmp + magic + gif[head:-1] + note + b";"


def heic(*brands: bytes) -> bytes:
    """The beginning of a photograph as telephones store it, and where it was taken."""
    major, *others = brands or (b"heic", b"mif1")
    box = b"ftyp" + major + bytes(4) + b"".join(others)
    return (len(box) + 4).to_bytes(4) + box + bytes(64) + b"SecretPlace"


# The name, the file, its size as it is shown, whether there are widths of it.
KINDS = [
    ("a JPEG", "a.jpg", image("JPEG"), "64x48", True),
    ("a photograph from a telephone", "a.jpg", photo(64, 48), "64x48", True),
    ("one that was held upside down", "a.jpg", photo(64, 48, 3), "64x48", True),
    ("one that was held sideways", "a.jpg", photo(64, 48, 8), "48x64", True),
    ("a PNG", "a.png", image("PNG"), "64x48", True),
    ("a PNG with a comment and a place", "a.png", commented(), "64x48", True),
    ("a PNG with a palette", "a.png", palette(), "64x48", True),
    ("a PNG in grey of 16 bits", "a.png", encoded(Image.new("I;16", (64, 48)), "PNG"), "64x48", True),
    ("a JPEG for print", "a.jpg", encoded(picture(64, 48).convert("CMYK"), "JPEG"), "64x48", True),
    ("a WebP", "a.webp", image("WEBP"), "64x48", True),
    ("a WebP with a place", "a.webp", image("WEBP", exif=camera_data(6)), "48x64", True),
    ("an AVIF with a place", "a.avif", image("AVIF", exif=camera_data(1)), "64x48", True),
    ("a GIF", "a.gif", image("GIF"), "64x48", True),
    ("a JPEG named PNG", "a.png", photo(64, 48), "64x48", True),
    ("a GIF that moves", "a.gif", moving("GIF"), "40x30", False),
    ("a GIF with a comment and XMP", "a.gif", talkative(image("GIF")), "64x48", True),
    ("a GIF that moves, with a comment and XMP", "a.gif", talkative(moving("GIF")), "40x30", False),
    ("a WebP that moves", "a.webp", moving("WEBP"), "40x30", False),
    ("a PNG that moves", "a.png", moving("PNG"), "40x30", False),
    ("a drawing", "a.svg", b"<svg viewBox='0 0 40.2 30'/>", "40x30", False),
    ("a drawing with measures", "a.svg", b"<svg width='40px' height='30' viewBox='0 0 4 3'/>", "40x30", False),
    ("a drawing without measures", "a.svg", b"<svg width='100%' xmlns='x'><g></svg>", "", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "size", "scaled"), [row[1:] for row in KINDS],
                         ids=[row[0] for row in KINDS])  # fmt: skip
def test_every_kind_of_image(
    tmp_path: Path, name: str, data: bytes, size: str, scaled: bool
) -> None:
    site = publish(tmp_path, {TEA: tea(f"![A]({name})\n"), f"{FOLDER}/{name}": data})
    img = shown(site)
    assert "x".join(filter(None, (img.get("width"), img.get("height")))) == size
    assert (img.get("srcset") is not None) == scaled
    assert site.has(img.get("src").lstrip("/"))
    for path, found in images(site).items():
        assert not any(secret in found for secret in SECRETS), path
        assert not opened(found).getexif(), path
        if not scaled:
            assert opened(found).n_frames == 3


def test_a_pictures_own_bytes_are_published_where_nothing_has_to_be_changed(tmp_path: Path) -> None:
    plain = image("JPEG", quality=70)
    site = publish(tmp_path, with_cup(plain))
    assert site.bytes("articles/tea/cup.jpg") == plain


@pytest.mark.parametrize("make", [lambda: photo(64, 48), profiled, commented])
def test_stripping_leaves_the_picture_as_it_is(tmp_path: Path, make: Any) -> None:
    data = make()
    found = opened(publish(tmp_path, with_cup(data)).bytes("articles/tea/cup.jpg"))
    assert found.tobytes() == opened(data).tobytes()
    assert found.info.get("icc_profile") == opened(data).info.get("icc_profile")


def test_the_pictures_behind_a_telephones_picture_are_left_out(tmp_path: Path) -> None:
    site = publish(tmp_path, with_cup(photo(64, 48) + photo(32, 24)))
    assert b"Secret" not in site.bytes("articles/tea/cup.jpg")
    assert opened(site.bytes("articles/tea/cup.jpg")).size == (64, 48)


def test_what_is_transparent_stays_so(tmp_path: Path) -> None:
    clear = picture(600, 20).convert("RGBA")
    clear.putalpha(Image.new("L", (600, 20), 60))
    site = publish(tmp_path, {TEA: tea("![A](a.png)\n"), f"{FOLDER}/a.png": encoded(clear, "PNG")})
    for address in candidates(shown(site)).values():
        assert opened(site.bytes(address.lstrip("/"))).getextrema()[3] == (60, 60)


def test_an_image_that_no_page_shows_is_published_once_and_without_its_place(
    tmp_path: Path,
) -> None:
    site = publish(tmp_path, with_cup(photo(900, 600, 6), "[The cup](cup.jpg)\n"))
    assert list(images(site)) == ["articles/tea/cup.jpg"]
    assert opened(site.bytes("articles/tea/cup.jpg")).size == (600, 900)
    assert b"Secret" not in site.bytes("articles/tea/cup.jpg")


def test_what_an_author_says_of_an_image_stands(tmp_path: Path) -> None:
    html = '<img src="cup.jpg" alt="" width="30" loading="eager" title="a &quot;b&quot;">\n'
    img = shown(publish(tmp_path, with_cup(image("JPEG"), html)))
    assert (img.get("width"), img.get("height"), img.get("loading")) == ("30", "22", "eager")
    assert img.get("title") == 'a "b"'


def test_names_with_other_letters_lead_to_their_files(tmp_path: Path) -> None:
    name = "Tee, grün & heiß.jpg"
    files = {TEA: tea(f"![Tee](<{name}>)\n"), f"{FOLDER}/{name}": image("JPEG", 500, 400)}
    site = publish(tmp_path, files)
    from urllib.parse import unquote

    for address in (shown(site).get("src"), *candidates(shown(site)).values()):
        assert site.has(unquote(address).lstrip("/")), address


def test_images_are_published_as_they_are_where_the_site_says_so(tmp_path: Path) -> None:
    cup = photo(900, 600, 6)
    site = publish(tmp_path, with_cup(cup, more="images: {process: false}\n"))
    assert images(site) == {"articles/tea/cup.jpg": cup}
    assert (shown(site).get("width"), shown(site).get("srcset")) == ("600", None)


def test_the_settings_say_which_widths_there_are(tmp_path: Path) -> None:
    more = "images: {widths: [200, 100], sizes: 50vw, quality: 40}\n"
    img = shown(publish(tmp_path, with_cup(image("JPEG", 300, 200), more=more)))
    assert list(candidates(img)) == ["100w", "200w"]
    assert img.get("sizes") == "50vw"


@pytest.mark.parametrize("make", [lambda: image("GIF"), lambda: moving("GIF")])
def test_a_gif_keeps_its_picture_and_how_it_moves_and_nothing_else(
    tmp_path: Path, make: Any
) -> None:
    plain = make()
    site = publish(tmp_path, with_cup(talkative(plain) + b"SecretEnd"))
    assert site.bytes("articles/tea/cup.jpg") == plain


def test_a_gif_without_its_end_or_with_a_byte_too_many_is_shown(tmp_path: Path) -> None:
    plain = image("GIF")
    site = publish(tmp_path, with_cup(plain[:-1] + b"\0"))
    assert site.bytes("articles/tea/cup.jpg") == plain


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def bomb() -> bytes:
    """A small file that says of itself that it has 120 million pixels."""
    return encoded(Image.new("1", (12_000, 10_000)), "PNG")


CUP = f"{FOLDER}/cup.jpg"
NO_ALT = "the image has no text for readers who cannot see it"
MISTAKES = [
    ("a missing image", {TEA: tea("One\n\n![A](cup.jpg)\n")},
     [f"{TEA}:7:6: error: there is no image 'articles/2026-11-20-tea/cup.jpg'"]),
    ("a missing image of the site", {TEA: tea("![A](/images/cup.jpg)\n")},
     [f"{TEA}:5:6: error: there is no image '/images/cup.jpg'"]),
    ("a missing lead image", {TEA: tea("Words.\n", "image: {src: cup.jpg, alt: A}")},
     [f"{TEA}:4:14: error: there is no image"]),
    ("a missing image on a page", {"content/pages/about.md": "---\ntitle: About\n---\n![A](x.png)\n"},
     ["content/pages/about.md:4:6: error: there is no image 'pages/x.png'"]),
    ("an image of an article to come",
     {TEA: tea("![A](../2027-01-01-later/cup.jpg)\n"),
      "content/articles/2027-01-01-later/index.md": article("Later", "2027-01-01"),
      "content/articles/2027-01-01-later/cup.jpg": image("JPEG")},
     [f"{TEA}:5:26: error: the image 'articles/2027-01-01-later/cup.jpg' is held back"]),
    ("no words for it", {TEA: tea("One ![](cup.jpg)\n"), CUP: image("JPEG")},
     [f"{TEA}:5:5: warning: {NO_ALT}"]),
    ("no words for the lead image", {TEA: tea("Words.\n", "image: {src: cup.jpg}"), CUP: image("JPEG")},
     [f"{TEA}:4:8: error: the image has no `alt` text"]),
    ("a damaged image", {TEA: tea(), CUP: b"\xff\xd8\xff\xe0damaged"}, [f"{CUP}: error: the image is damaged"]),
    ("no image at all", {TEA: tea(), CUP: b"<html>"}, [f"{CUP}: error: the image is damaged, or in a format"]),
    ("half an image", {TEA: tea(), CUP: half(photo(400, 300))}, [f"{CUP}: error: the image is not whole"]),
    ("half a PNG", {TEA: tea(), CUP: half(image("PNG", 400, 300))}, [f"{CUP}: error: the image is not whole"]),
    ("half a WebP", {TEA: tea(), CUP: half(image("WEBP", 400, 300))}, [f"{CUP}: error: the image is damaged"]),
    ("a wrong checksum", {TEA: tea(), CUP: image("PNG").replace(b"IDATx", b"IDATy")},
     [f"{CUP}: error: the image is damaged: a checksum"]),
    ("a picture whose data ends early", {TEA: tea(), CUP: half(image("GIF", 400, 300))},
     [f"{CUP}: error: the image is not whole"]),
    ("HEIC with the name of a JPEG", {TEA: tea(), CUP: heic()},
     [f"{CUP}: error: the image is HEIC, which browsers do not show (export it as JPEG)"]),
    ("HEIC that says what it is behind another name", {TEA: tea(), CUP: heic(b"mif1", b"heic")},
     [f"{CUP}: error: the image is HEIC"]),
    ("HEIC with the name of a drawing", {TEA: tea("![A](cup.svg)\n"), f"{FOLDER}/cup.svg": heic()},
     [f"{FOLDER}/cup.svg: error: the image is HEIC"]),
    ("the beginning of HEIC", {TEA: tea(), CUP: heic()[:24]}, [f"{CUP}: error: the image is HEIC"]),
    ("the beginning of AVIF", {TEA: tea(), CUP: image("AVIF")[:40]}, [f"{CUP}: error: the image is damaged"]),
    ("a film with the name of an image", {TEA: tea(), CUP: heic(b"isom", b"mp42")},
     [f"{CUP}: error: the image is damaged, or in a format"]),
    ("HEIC by its own name", {TEA: tea("![A](cup.heic)\n"), f"{FOLDER}/cup.heic": heic()},
     [f"{FOLDER}/cup.heic: warning: left out: browsers do not show HEIC (export it as JPEG)",
      f"{TEA}:5:6: error: the image 'articles/2026-11-20-tea/cup.heic' cannot be shown: browsers do"]),
    ("HEIC of the site", {TEA: tea("![A](/images/cup.heic)\n"), "content/images/cup.heic": heic()},
     [f"{TEA}:5:6: error: the image '/images/cup.heic' cannot be shown: ",
      "content/images/cup.heic: warning: left out: browsers do not show HEIC"]),
    ("a name in other letters", {TEA: tea("![A](Cup.JPG)\n"), CUP: image("JPEG")},
     [f"{TEA}:5:6: error: there is no image 'articles/2026-11-20-tea/Cup.JPG' (did you mean 'cup.jpg'?)"]),
    ("a name of the site in other letters",
     {TEA: tea("![A](/images/cup.jpg)\n"), "content/images/CUP.jpg": image("JPEG")},
     [f"{TEA}:5:6: error: there is no image '/images/cup.jpg' (did you mean '/images/CUP.jpg'?)"]),
    ("too many pixels", {TEA: tea(), CUP: bomb()},
     [f"{CUP}: error: the image has more than 100 million pixels (make it smaller)"]),
    ("a width that is none", {TEA: tea("Words.\n"), "site.yaml": SITE + "images: {widths: [5]}\n"},
     ["site.yaml:3:19: error: 5 is not between"]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "told"), [row[1:] for row in MISTAKES],
                         ids=[row[0] for row in MISTAKES])  # fmt: skip
def test_every_mistake_with_an_image_is_told_once(
    tmp_path: Path, files: dict[str, File], told: list[str]
) -> None:
    site = attempt(tmp_path, files)
    assert len(site.told) == len(told), site.told
    for line, expected in zip(site.told, told, strict=True):
        assert line.startswith(expected)
    assert (site.report.output is None) == any(": error: " in line for line in told)


def test_a_missing_image_holds_up_no_site_that_publishes_what_it_can(tmp_path: Path) -> None:
    site = publish(tmp_path, {TEA: tea(), "site.yaml": SITE + "content: {on_error: skip}\n"})
    assert [line.split(": ")[1] for line in site.told] == ["warning"]


def test_a_damaged_image_is_left_out_of_a_site_that_publishes_what_it_can(tmp_path: Path) -> None:
    files = with_cup(half(photo(400, 300)), more="content: {on_error: skip}\n")
    site = publish(tmp_path, files)
    assert images(site) == {}
    assert [line.split(": ")[1] for line in site.told] == ["warning"]
