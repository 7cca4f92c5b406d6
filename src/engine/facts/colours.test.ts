import sharp from "sharp";
import { expect, test } from "vitest";
import { COLOURS } from "../../picture-words.ts";
import { lookAt } from "./facts.ts";

/** The colours of a picture of stripes: CSS colours, each with its share in percent. */
async function coloursOf(stripes: readonly (readonly [string, number])[]) {
  let x = 0;
  const rects = stripes.map(([colour, share]) => {
    const rect = `<rect x="${x}" width="${share}" height="100" fill="${colour}"/>`;
    x += share;
    return rect;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 100 100">${rects.join("")}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: "#fff" })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { colours } = await lookAt({ rgb: data, widthPx: info.width, heightPx: info.height });
  return COLOURS.filter((_, i) => colours & (1 << i));
}

test.each([
  ["red", ["#ff0000", "#cc0000", "#dc143c", "#8b0000", "#b22222"]],
  ["orange", ["#ffa500", "#ff8c00", "#e67e22", "#f39c12"]],
  ["yellow", ["#ffff00", "#ffd700", "#f1c40f", "#fff176"]],
  ["green", ["#008000", "#00ff00", "#228b22", "#6b8e23", "#9acd32", "#2e7d32"]],
  ["teal", ["#008080", "#00ffff", "#40e0d0", "#20b2aa"]],
  ["blue", ["#0000ff", "#000080", "#87ceeb", "#4169e1", "#1e90ff", "#4a90d9"]],
  ["purple", ["#800080", "#8a2be2", "#9b59b6", "#4b0082", "#b39ddb"]],
  ["pink", ["#ffc0cb", "#ff69b4", "#ff1493", "#f8bbd0", "#ff00ff"]],
  ["brown", ["#8b4513", "#a0522d", "#d2b48c", "#5d4037", "#795548"]],
  ["black", ["#000000", "#101010", "#0a0a14"]],
  ["grey", ["#808080", "#555555", "#bbbbbb", "#708090"]],
  ["white", ["#ffffff", "#f8f8f8", "#fffff0", "#f5f5f5"]],
] as const)("sees %s", async (name, shades) => {
  for (const shade of shades)
    expect([shade, ...(await coloursOf([[shade, 100]]))]).toEqual([shade, name]);
});

test("names every colour that covers a good part", async () => {
  expect(
    await coloursOf([
      ["#0000ff", 45],
      ["#008000", 30],
      ["#ffffff", 25],
    ]),
  ).toEqual(["green", "blue", "white"]);
});

test("sees a red coat in the snow, and not the grey sky above it", async () => {
  expect(
    await coloursOf([
      ["#ffffff", 70],
      ["#cc0000", 15],
      ["#888888", 15],
    ]),
  ).toEqual(["red", "white"]);
});

test("sees a red umbrella in the rain sooner than a pale one", async () => {
  const rain = ["#777777", 92] as const;
  expect(await coloursOf([rain, ["#e01010", 8]])).toEqual(["red", "grey"]);
  expect(await coloursOf([rain, ["#87ceeb", 8]])).toEqual(["grey"]);
});

test("names the one that covers most of a picture where none covers much", async () => {
  const vivid = ["#dc143c", "#ffa500", "#ffd700", "#008080", "#0000ff", "#800080", "#ff69b4"];
  const muted = ["#8b4513", "#ffffff", "#000000"];
  const stripes = [
    ...vivid.map((colour) => [colour, 4] as const),
    ...muted.map((colour) => [colour, 17] as const),
  ];
  expect(await coloursOf([...stripes, ["#777777", 18], ["#6b8e23", 3]])).toEqual(["grey"]);
});
