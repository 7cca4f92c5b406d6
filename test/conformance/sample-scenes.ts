// Subjects that the gallery lacks and Clarifai's samples have: a train, a lorry, cookies, beer, a
// wedding, a portrait. Drawn by our own code.
import { bokeh, table } from "../../src/samples/bokeh.ts";
import {
  at,
  ball,
  box,
  down,
  ellipse,
  faint,
  glow,
  rough,
  shaded,
  shape,
  soft,
  stroke,
} from "../../src/samples/brush.ts";
import { hills, ridge } from "../../src/samples/land.ts";
import { many, type Random } from "../../src/samples/random.ts";
import type { Scene } from "../../src/samples/scene.ts";
import { clouds, sky } from "../../src/samples/skies.ts";
import { conifers } from "../../src/samples/trees.ts";

const WHEEL = ellipse(0, 0, 46, 46, "#16171a") + ellipse(0, 0, 26, 26, "#9aa0a8");

export const train: Scene = {
  name: "commuter train at a station",
  format: "wide",
  draw(random) {
    const rail = (y: number) => box(-800, y, 1600, 9, down("#d8dce0", "#70767e"));
    const sleepers = many(22, (i) => box(-800 + i * 76, 296, 40, 60, "#5a4636"));
    const poles = many(3, (i) => box(-560 + i * 520, -260, 14, 540, "#4a5058"));
    const wires = stroke("M-800 -230Q-300 -190 0 -230T800 -230", "#2a2e34", 5);
    return (
      landscape(random) +
      box(-800, 262, 1600, 600, down("#a89a88", "#5a5046")) +
      sleepers +
      poles +
      wires +
      at(-40, 250, carriage(), { scale: 1.25 }) +
      rail(286) +
      rail(352)
    );
  },
};

function carriage(): string {
  const windows = many(6, (i) => box(-420 + i * 118, -150, 92, 66, "#26323e", 8));
  const wheels = [-380, -290, 190, 280].map((x) => at(x, 6, WHEEL, { scale: 0.7 }));
  return (
    wheels.join("") +
    shape("M-480 -190H300C380 -184 430 -90 440 -20H-480Z", down("#f4f6f8", "#c4ccd4", "#8a949e")) +
    box(-480, -66, 912, 30, "#c8202c") +
    windows +
    shape("M306 -172C356 -164 388 -120 402 -84H306Z", down("#8ab4d0", "#1c2a36")) +
    ellipse(420, -40, 14, 12, "#fff4c0") +
    box(-480, -26, 920, 18, "#3a4048")
  );
}

/** A lorry with a box; `colour`: light and dark. */
export const lorry: Scene = {
  name: "red truck on a road",
  format: "wide",
  draw: (random) =>
    landscape(random) + road(random) + at(0, 380, truck(["#e8342c", "#8a1016"]), { scale: 1.3 }),
};

/** A dark saloon. */
export const saloon: Scene = {
  name: "black car on a road",
  format: "wide",
  draw: (random) =>
    landscape(random) + road(random) + at(0, 380, car(["#3a3c44", "#0c0d10"]), { scale: 1.4 }),
};

type Lacquer = readonly [string, string];

function landscape(random: Random): string {
  return (
    sky("day", 140) +
    clouds(random, "#ffffff", 0.5, 120) +
    ridge(random, 150, 130, "#7f9ab4", "#5a7a90") +
    hills(random, 170, 40, "#8fb060", "#4f7a3a") +
    conifers(random, { y: 210, size: 110, count: 18, colour: "#2c5034" })
  );
}

function road(random: Random): string {
  const surface = box(-800, 270, 1600, 600, down("#6a6c72", "#3f4146"));
  return (
    rough(surface, { seed: random.seed(), frequency: [0.06, 0.09], depth: 0.8 }) +
    many(5, (i) => box(-760 + i * 340, 446, 190, 13, "#f4f0e0"))
  );
}

function truck([light, dark]: Lacquer): string {
  return (
    faint(0.6, soft(9, ellipse(0, 46, 380, 18, "#0a0a0c"))) +
    box(-360, -260, 470, 264, down(light, light, dark), 10) +
    shape("M124 -190H232C270 -180 300 -110 306 -70V4H124Z", down(light, light, dark)) +
    shape("M150 -168H222C246 -160 264 -120 270 -88H150Z", down("#d8ecf8", "#4a6a80")) +
    box(-364, -4, 676, 16, "#2a2c30") +
    ellipse(298, -34, 12, 14, "#fff8d0") +
    [-260, -150, 216].map((x) => at(x, 14, WHEEL, { scale: 1.1 })).join("")
  );
}

function car([light, dark]: Lacquer): string {
  return (
    faint(0.6, soft(9, ellipse(0, 44, 320, 15, "#0a0a0c"))) +
    shape(
      "M-300 10C-306 -50 -270 -78 -190 -86C-150 -140 -110 -160 -20 -160S110 -142 160 -86C250 -80 296 -50 300 10Z",
      down(light, light, dark),
    ) +
    shape(
      "M-158 -88C-124 -130 -96 -144 -30 -144V-88ZM-12 -144C70 -144 96 -126 130 -88H-12Z",
      "#9ab4c4",
    ) +
    ellipse(276, -44, 18, 14, "#fff8d0") +
    ellipse(-284, -40, 12, 16, "#e03a30") +
    faint(0.5, soft(4, stroke("M-180 -76C-60 -86 80 -86 180 -76", "#ffffff", 6))) +
    [-186, 188].map((x) => at(x, 10, WHEEL, { scale: 1.15 })).join("")
  );
}

export const cookies: Scene = {
  name: "cookies on a table",
  format: "wide",
  draw: (random) =>
    bokeh(random, ["#f4e4cc", "#c8a078", "#6a4a30"]) +
    table(random, "white", -40) +
    ellipse(0, 240, 560, 230, down("#ffffff", "#d8dce0")) +
    many(7, (i) => at(-330 + (i % 4) * 220, 170 + Math.floor(i / 4) * 130, cookie(random))),
};

function cookie(random: Random): string {
  const chips = many(11, () =>
    ellipse(random.between(-80, 80), random.between(-54, 54), 15, 12, ball("#6a4028", "#2a140a")),
  );
  const dough = ellipse(0, 0, 122, 92, ball("#eab870", "#c8843c", "#8a5020"));
  return shaded(rough(dough, { seed: random.seed(), frequency: [0.05, 0.05] }) + chips, 10);
}

export const beer: Scene = {
  name: "glass of beer on a bar",
  format: "tall",
  draw: (random) =>
    bokeh(random, ["#f0c070", "#7a4a28", "#22120a"], 40) +
    table(random, "walnut", 260) +
    mug(random),
};

function mug(random: Random): string {
  const bubbles = many(60, () =>
    faint(0.6, ellipse(random.between(-170, 170), random.between(-160, 360), 5, 5, "#fff4c8")),
  );
  const foam = many(18, () =>
    ellipse(
      random.between(-190, 190),
      random.between(-300, -200),
      66,
      54,
      ball("#ffffff", "#e8dcc0"),
    ),
  );
  return (
    stroke("M214 -120C380 -120 380 240 214 240", "#e8e4dc", 44) +
    shape("M-220 -230H220L196 400H-196Z", down("#ffd040", "#f0a010", "#b86808")) +
    bubbles +
    foam +
    faint(0.5, box(-170, -150, 26, 500, "#ffffff", 13))
  );
}

export const wedding: Scene = {
  name: "bride and groom",
  format: "tall",
  draw: (random) =>
    bokeh(random, ["#f8f0e8", "#d8c8b8", "#8a9a78"], 40) +
    at(
      -150,
      60,
      person("#1c1e24", "#3a2618", "M-130 640C-140 300 -110 150 0 150S140 300 130 640Z"),
    ) +
    at(
      160,
      90,
      veil() + person("#ffffff", "#6a4424", "M-210 640C-120 420 -100 150 0 150S120 420 210 640Z"),
    ) +
    many(14, (i) =>
      ellipse(20 + (i % 5) * 26, 330 + Math.floor(i / 5) * 24, 20, 20, ball("#fff0f4", "#e86a8a")),
    ),
};

export const portrait: Scene = {
  name: "portrait of a smiling woman",
  format: "tall",
  draw: (random) =>
    bokeh(random, ["#f8d8b0", "#a04a6a", "#2a1430"], 34) +
    ellipse(0, -80, 700, 600, glow("#fff0d0")) +
    at(
      0,
      -120,
      person("#c81e3c", "#2a1610", "M-330 700C-320 320 -180 190 0 190S320 320 330 700Z"),
      {
        scale: 1.3,
      },
    ),
};

function veil(): string {
  return faint(
    0.7,
    soft(6, shape("M-120 -80C-120 -200 120 -200 120 -80L210 420H-210Z", "#ffffff")),
  );
}

/** Head and shoulders in clothes of one colour; `body`: their outline. */
function person(clothes: string, hair: string, body: string): string {
  const eye = (x: number) => ellipse(x, -20, 15, 9, "#ffffff") + ellipse(x, -20, 8, 8, "#2a1a10");
  return shaded(
    ellipse(0, -30, 126, 146, hair) +
      shape("M-34 90H34V180H-34Z", "#d8a080") +
      shape(body, clothes) +
      ellipse(0, 0, 92, 118, ball("#f8d4b8", "#e8b494", "#b07a58")) +
      shape("M-96 -20C-90 -130 90 -130 96 -20C60 -70 -40 -80 -96 -20Z", hair) +
      eye(-36) +
      eye(36) +
      stroke("M0 -10Q-12 26 4 28", "#b07a58", 5) +
      shape("M-36 54Q0 66 36 54Q0 92 -36 54Z", "#b83a44"),
    14,
  );
}
