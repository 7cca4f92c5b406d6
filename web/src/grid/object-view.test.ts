import { expect, test } from "vitest";
import { toObjectView } from "./object-view.ts";

const picture = { widthPx: 400, heightPx: 200 };

test("a tile shows the object in its middle, with what is around it", () => {
  const box = { left: 0.4, top: 0.25, right: 0.6, bottom: 0.75 };
  const { outline, picture: whole } = toObjectView(picture, box);
  expect(outline).toEqual({ left: "19.23%", top: "11.54%", width: "61.54%", height: "76.92%" });
  expect(whole.width).toBe("307.69%");
  expect(whole.height).toBe("153.85%");
});

test("small objects are not blown up without end, and the tile stays in the picture", () => {
  const { picture: whole, outline } = toObjectView(picture, {
    ...{ left: 0, top: 0 },
    ...{ right: 0.01, bottom: 0.02 },
  });
  expect(whole).toEqual({ left: "0%", top: "0%", width: "800%", height: "400%" });
  expect(outline).toEqual({ left: "0%", top: "0%", width: "8%", height: "8%" });
});

test("of an object that is longer than a square of the picture, its middle is shown", () => {
  const { picture: whole, outline } = toObjectView(picture, {
    ...{ left: 0, top: 0 },
    ...{ right: 1, bottom: 1 },
  });
  expect(whole).toEqual({ left: "-50%", top: "0%", width: "200%", height: "100%" });
  expect(outline).toEqual(whole);
});
