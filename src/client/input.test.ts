import { expect, test } from "vitest";
import { toInput, toPredictions, toUploadedInputs } from "./input.ts";

const WIRE = {
  id: "a/1",
  status: { code: 30000, description: "Download complete" },
  created_at: "2026-11-22T16:31:05.055Z",
  data: {
    image: {
      url: "http://127.0.0.1:8484/originals/a%2F1?name=trip%2Fday%201.jpg",
      hosted: { suffix: "a%2F1?v=c4571d2c1136cbff" },
      image_info: { width: 420, height: 262, format: "jpeg" },
    },
  },
};

test("reads an input as the server sends it", () => {
  expect(toInput(WIRE, "http://server")).toMatchObject({
    name: "trip/day 1.jpg",
    status: "processed",
    failure: "",
    createdAt: new Date("2026-11-22T16:31:05.055Z"),
    widthPx: 420,
    format: "JPEG",
  });
});

test("lists predicted concepts, highest value first", () => {
  const concepts = [
    { id: "ai_1", name: "bed", value: 0.5 },
    { id: "ai_2", name: "room", value: 0.7 },
    { id: "ai_3", name: "lamp" },
  ];
  const predictions = toPredictions({ annotations: [{ data: { concepts } }] });
  expect(predictions.map(({ name, value }) => [name, value])).toEqual([
    ["room", 0.7],
    ["bed", 0.5],
    ["lamp", 0],
  ]);
  expect(toPredictions({})).toEqual([]);
});

test("does not take for a prediction what people said", () => {
  const said = { worker: { user: { id: "me" } }, data: { concepts: [{ id: "d", name: "dog" }] } };
  expect(toPredictions({ annotations: [said] })).toEqual([]);
});

test("links to pictures through the address that the caller uses", () => {
  expect(toInput(WIRE, "http://proxy").thumbnailUrl).toBe(
    "http://proxy/thumbnails/a%2F1?v=c4571d2c1136cbff",
  );
});

test("is called by its id when it has no name", () => {
  expect(toInput({ id: "a/1" }, "")).toMatchObject({
    name: "a/1",
    originalUrl: "/originals/a%2F1",
  });
});

test.each([
  ["https://photos.test/trip/Two%20dogs.jpg?name=other", "Two dogs.jpg"],
  ["https://photos.test/trip/100%.jpg", "100%.jpg"],
  ["https://photos.test/trip/", "trip"],
  ["https://photos.test/", "a/1"],
])("is called by the last part of its URL: %s", (url, name) => {
  expect(toInput({ id: "a/1", data: { image: { url } } }, "").name).toBe(name);
});

test("says for people why an input failed", () => {
  const status = { code: 30002, description: "Expected an image.", details: "image_unsupported" };
  expect(toInput({ ...WIRE, status }, "")).toMatchObject({
    status: "failed",
    failure: "Expected an image.",
  });
});

test.each([
  [30001, "added"],
  [30100, "duplicate"],
  [30300, "failed"],
])("an upload with status %d is %s", (code, outcome) => {
  expect(toUploadedInputs({ inputs: [{ status: { code } }] })).toMatchObject([{ outcome }]);
});
