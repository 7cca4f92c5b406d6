import { beforeAll, describe, expect, test } from "vitest";
import { createApp, ids, struct } from "./client.js";
import { ALL, fill } from "./street.js";

describe("filters", () => {
  let app;
  beforeAll(async () => {
    app = await createApp("General");
    await fill(app);
  });

  const data = (fields, more = {}) => ({ annotation: { data: fields }, ...more });
  const concept = (id, value = 1) => data({ concepts: [{ id, value }] });
  const metadata = (object) => data({ metadata: struct(object) });
  const input = (fields) => ({ input: fields });
  const within = (type, value, [longitude, latitude] = [-29, 40]) =>
    data({ geo: { geo_point: { longitude, latitude }, geo_limit: { type, value } } });
  const box = (...corners) =>
    data({
      geo: {
        geo_box: corners.map(([longitude, latitude]) => ({ geo_point: { longitude, latitude } })),
      },
    });

  const except = (...out) => ALL.filter((id) => !out.includes(id));
  // -29/40 to -30/40: 85.2 km = 52.9 miles = 0.0134 radians = 0.766 degrees of a great circle.
  const CASES = [
    ["concept by id", [concept("my-dog")], ["dog"]],
    ["concept by name with a space", [data({ concepts: [{ name: "my dog", value: 1 }] })], ["dog"]],
    ["concept in Japanese", [data({ concepts: [{ name: "的な", value: 1 }] })], ["train"]],
    ["concept with value 0: those without it", [concept("animal", 0)], except("dog", "puppy")],
    [
      "two concepts in one filter: either",
      [
        data({
          concepts: [
            { id: "my-dog", value: 1 },
            { id: "的な", value: 1 },
          ],
        }),
      ],
      ["dog", "train"],
    ],
    ["two filters: both", [concept("animal"), concept("my-dog")], ["dog"]],
    ["two filters that exclude each other", [concept("animal"), concept("vehicle")], []],
    ["a negated filter", [{ ...concept("vehicle"), negate: true }], ["dog", "puppy", "cookies"]],
    ["a concept that nobody has", [concept("unicorn")], []],
    ["metadata", [metadata({ breed: "Saint Bernard" })], ["dog"]],
    ["metadata: a number", [metadata({ wheels: 4 })], ["red-car", "turned-car"]],
    ["metadata: a truth value", [metadata({ sold: true })], ["red-car"]],
    ["metadata inside", [metadata({ care: { vet: "Ann" } })], ["dog"]],
    ["metadata: part of a list", [metadata({ care: { visits: [3, 1] } })], ["dog"]],
    ["metadata: what the list lacks", [metadata({ care: { visits: [9] } })], []],
    [
      "metadata in two filters",
      [metadata({ colour: "red" }), metadata({ sold: false })],
      ["turned-car"],
    ],
    ["100 km around", [within("withinKilometers", 100)], ["dog"]],
    ["80 km around", [within("withinKilometers", 80)], []],
    ["60 miles around", [within("withinMiles", 60)], ["dog"]],
    ["50 miles around", [within("withinMiles", 50)], []],
    ["0.014 radians around", [within("withinRadians", 0.014)], ["dog"]],
    ["0.013 radians around", [within("withinRadians", 0.013)], []],
    ["0.8 degrees around", [within("withinDegrees", 0.8)], ["dog"]],
    ["0.7 degrees around", [within("withinDegrees", 0.7)], []],
    ["1000 km around 43/56", [within("withinKilometers", 1000, [43, 56])], ["red-car"]],
    ["1 radian around", [within("withinRadians", 1, [-19, 43])], ["dog", "puppy", "red-car"]],
    ["a box", [box([-31, 41], [-19, 43.05])], ["puppy"]],
    ["a box, corners the other way round", [box([-19, 43.05], [-31, 39])], ["dog", "puppy"]],
    ["images", [input({ data: { image: {} } })], ALL],
    ["other types", [input({ data: { text: {}, audio: {}, video: {} } })], []],
    ["image or text", [input({ data: { image: {}, text: {} } })], ALL],
    ["status", [input({ status: { code: 30000 } })], ALL],
    ["type or status in one filter", [input({ data: { text: {} }, status: { code: 30000 } })], ALL],
    [
      "type and status in two",
      [input({ data: { image: {} } }), input({ status: { code: 30002 } })],
      [],
    ],
    ["one dataset", [input({ dataset_ids: ["animals"] })], ["dog", "puppy"]],
    ["either dataset", [input({ dataset_ids: ["animals", "street"] })], except("cookies")],
    ["a dataset that is not there", [input({ dataset_ids: ["random_dataset"] })], []],
    [
      "not in a dataset",
      [{ ...input({ dataset_ids: ["animals"] }), negate: true }],
      except("dog", "puppy"),
    ],
    ["an input's id", [{ annotation: { input_id: "train" } }], ["train"]],
    [
      "of both kinds",
      [concept("vehicle"), input({ dataset_ids: ["street"] }), metadata({ sold: true })],
      ["red-car"],
    ],
    ["an empty filter", [{ annotation: {}, input: {} }], ALL],
    ["empty data", [data({})], ALL],
    ["no filter", [], ALL],
  ];

  test.each(CASES)("%s", async (_, filters, expected) => {
    const hits = await app.search({ filters });
    expect(ids(hits).toSorted()).toEqual(expected.toSorted());
    expect(hits.every(({ score }) => score === 1)).toBe(true);
  });

  test("a time range", async () => {
    const range = (start_time, end_time) => [{ last_updated_time_range: { start_time, end_time } }];
    const now = { seconds: Math.floor(Date.now() / 1000) };
    const hourAgo = { seconds: now.seconds - 3600 };
    const inAnHour = { seconds: now.seconds + 3600 };
    expect(await app.search({ filters: range(hourAgo, inAnHour) })).toHaveLength(ALL.length);
    expect(await app.search({ filters: range(undefined, hourAgo) })).toEqual([]);
    expect(await app.search({ filters: range(inAnHour, undefined) })).toEqual([]);
  });

  test("what failed can be asked for by its status", async () => {
    const other = await createApp("General");
    const [posted] = await other.add([
      { id: "gone", data: { image: { url: "https://samples.clarifai.com/absent.jpeg" } } },
    ]);
    expect(posted.id).toBe("gone");
    const { input: failed } = await other.call("GetInput", { input_id: "gone" });
    expect(failed.status.code).toBeGreaterThanOrEqual(30002);
    const found = await other.search({
      filters: [input({ status: { code: failed.status.code } })],
    });
    expect(ids(found)).toEqual(["gone"]);
    expect(await other.search({ filters: [] })).toEqual([]);
  });
});
