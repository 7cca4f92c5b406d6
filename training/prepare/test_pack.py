import io
import unittest

from PIL import Image, ImageDraw

from prepare.origins import Picture
from prepare.pack import difference_hash, square, to_row
from prepare.sets.phrases import noun_phrase


def png(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


class Square(unittest.TestCase):
    def test_squashes_a_picture(self):
        left, right = Image.new("RGB", (100, 50), "red"), Image.new("RGB", (50, 50), "blue")
        left.paste(right, (50, 0))
        packed = square(png(left), 32)
        self.assertEqual(packed.size, (32, 32))
        self.assertEqual((packed.getpixel((2, 16)), packed.getpixel((29, 16))), ((255, 0, 0), (0, 0, 255)))

    def test_lays_what_is_transparent_on_white(self):
        self.assertEqual(square(png(Image.new("RGBA", (40, 40), (0, 0, 0, 0))), 32).getpixel((0, 0)), (255, 255, 255))

    def test_refuses_the_small_and_the_long(self):
        self.assertIsNone(square(png(Image.new("RGB", (23, 100))), 32))
        self.assertIsNone(square(png(Image.new("RGB", (30, 400))), 32))

    def test_cuts_a_drawing_out_of_its_page(self):
        page = Image.new("RGB", (200, 200), "white")
        ImageDraw.Draw(page).rectangle((10, 10, 69, 69), "black")
        dark = sum(level < 128 for level in square(png(page), 32, is_page=True).convert("L").tobytes())
        self.assertGreater(dark, 0.75 * 32 * 32)


class Rows(unittest.TestCase):
    def test_a_brighter_right_neighbour_is_a_bit(self):
        ramp = Image.linear_gradient("L").rotate(90)  # black on the left
        self.assertEqual(difference_hash(ramp), "f" * 16)
        self.assertEqual(difference_hash(ramp.rotate(180)), "0" * 16)

    def test_the_file_decides_the_split_unless_the_source_does(self):
        picture = Picture("", "a.png", "a.png", captions=[" two \n words", ""])
        self.assertEqual(to_row(picture, "00" * 16, "0")["split"], "test")
        self.assertEqual(to_row(picture, "ff" * 16, "0")["split"], "train")
        self.assertEqual(to_row(picture, "ff" * 16, "0")["caps"], ["two words"])
        picture.split = "train"
        self.assertEqual(to_row(picture, "00" * 16, "0")["split"], "train")

    def test_gives_an_article_to_what_has_a_singular(self):
        names = ["owl", "bus", "scissors", "Mount Fuji", "two hearts"]
        self.assertEqual([noun_phrase(name) for name in names], ["an owl", "a bus", "scissors", "Mount Fuji", "two hearts"])
