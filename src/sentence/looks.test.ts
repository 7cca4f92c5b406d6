import { expect, test } from "vitest";
import { understand } from "./sentence.ts";

const all = (text: string) => understand(text, new Date(2026, 2, 16, 12));

test.each([
  ["mostly red", "", ["red"]],
  ["beach, mostly blue", "beach", ["blue"]],
  ["mostly blue pictures of the sea", "pictures of the sea", ["blue"]],
  ["predominantly gray photos", "photos", ["grey"]],
  ["photos that are mostly green", "photos", ["green"]],
  ["pictures that are mainly blue and white", "pictures", ["blue", "white"]],
  ["images mostly orange at sunset", "images at sunset", ["orange"]],
  ["red pictures", "", ["red"]],
  ["red picture", "", ["red"]],
  ["a red photo of a car", "a car", ["red"]],
  ["Red photos of flowers", "flowers", ["red"]],
  ["all my blue and green photos", "", ["blue", "green"]],
  ["pink photos from 2019", "", ["pink"]],
  ["grey images without people", "", ["grey"]],
  ["show me yellow pictures", "", ["yellow"]],
])("%s", (text, caption, colours) => {
  expect(all(text)).toMatchObject({ caption, colours, shapes: [] });
});

test.each([
  ["panorama", "", ["panorama"]],
  ["a panorama of the alps", "the alps", ["panorama"]],
  ["mountain panorama", "mountain", ["panorama"]],
  ["city panorama at night", "city at night", ["panorama"]],
  ["panoramas", "", ["panorama"]],
  ["panoramic photos of a city", "a city", ["panorama"]],
  ["dogs in portrait format", "dogs", ["portrait"]],
  ["dogs, portrait format", "dogs", ["portrait"]],
  ["dogs in landscape orientation", "dogs", ["landscape"]],
  ["square format", "", ["square"]],
  ["square-format photos", "photos", ["square"]],
  ["square photos of food", "food", ["square"]],
  ["vertical pictures", "", ["portrait"]],
  ["horizontal photos of a lake", "a lake", ["landscape"]],
])("%s", (text, caption, shapes) => {
  expect(all(text)).toMatchObject({ caption, colours: [], shapes });
});

test.each([
  "a red car",
  "red",
  "a mostly red car",
  "flowers that are mostly red",
  "mostly cloudy",
  "a red picture frame",
  "a red picture on a wall",
  "a man holding red photos",
  "black and white photos",
  "in black and white",
  "mostly black and white",
  "monochrome",
  "a white photo album",
  "orange juice",
  "a green image sensor",
  "colour photos",
  "a panorama restaurant",
  "panorama windows",
  "a hotel with panorama of the city",
  "a panoramic view",
  "a portrait of a man",
  "portrait photos",
  "portrait mode",
  "landscape pictures",
  "a landscape with trees",
  "a town square",
  "square tiles",
  "square picture frames",
  "a large format camera",
  "vertical blinds",
  "a square format camera",
])("stays: %s", (text) => {
  expect(all(text)).toMatchObject({ caption: text, colours: [], shapes: [] });
});
